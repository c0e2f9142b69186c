/* Whole scripts, shaped as workflows have them, and the answer for every command of theirs. */
#include "script.h"

static const char DEPLOY[] =
    "set -euo pipefail\n"
    "sshpass -e ssh \"$PROD_USER@$PROD_HOST\" \"REG='$REG' IMG='$IMG' TAG='$TAG' bash -s\" <<'SSH'\n"
    "set -euo pipefail\n"
    "ENV_FILE=/srv/meats/backend/.env\n"
    "MEDIA_DIR=/srv/meats/media\n"
    "STATIC_DIR=/srv/meats/staticfiles\n"
    "sudo docker pull \"$REG/$IMG:$TAG\"\n"
    "\n"
    "# Run migrations with django-tenants support\n"
    "sudo docker run --rm \\\n"
    "  --env-file \"$ENV_FILE\" \\\n"
    "  -v \"$MEDIA_DIR:/app/media\" \\\n"
    "  -v \"$STATIC_DIR:/app/staticfiles\" \\\n"
    "  \"$REG/$IMG:$TAG\" \\\n"
    "  sh -c \"\n"
    "    if python manage.py help migrate_schemas >/dev/null 2>&1; then\n"
    "      echo 'Using django-tenants migrations...'\n"
    "      python manage.py migrate_schemas --shared --noinput\n"
    "      python manage.py ensure_public_tenant --domain=meatscentral.com\n"
    "      python manage.py migrate_schemas --noinput\n"
    "    else\n"
    "      echo 'Using regular migrations...'\n"
    "      python manage.py migrate --noinput\n"
    "    fi\n"
    "  \"\n"
    "\n"
    "# Create the super tenant and the guest tenant\n"
    "sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" \\\n"
    "  python manage.py create_super_tenant --verbosity=1 || echo \"⚠ create_super_tenant command failed or not "
    "available\"\n"
    "sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" \\\n"
    "  python manage.py create_guest_tenant --verbosity=1 || echo \"⚠ create_guest_tenant command failed or not "
    "available\"\n"
    "\n"
    "sudo docker run --rm --env-file \"$ENV_FILE\" -v \"$STATIC_DIR:/app/staticfiles\" \"$REG/$IMG:$TAG\" \\\n"
    "  python manage.py collectstatic --noinput\n"
    "\n"
    "sudo docker stop pm-backend || true\n"
    "sudo docker rm pm-backend || true\n"
    "sudo docker run -d --name pm-backend \\\n"
    "  --restart unless-stopped \\\n"
    "  --env-file \"$ENV_FILE\" \\\n"
    "  -p 8000:8000 \\\n"
    "  -v \"$MEDIA_DIR:/app/media\" \\\n"
    "  -v \"$STATIC_DIR:/app/staticfiles\" \\\n"
    "  \"$REG/$IMG:$TAG\"\n"
    "echo \"✓ Backend container started\"\n"
    "SSH\n";

static const char HEALTH[] =
    "set -euo pipefail\n"
    "sshpass -e ssh \"$PROD_USER@$PROD_HOST\" \"bash -s\" <<'SSH'\n"
    "set -euo pipefail\n"
    "MAX_ATTEMPTS=20\n"
    "ATTEMPT=1\n"
    "HEALTH_URL=\"http://localhost:8000/api/v1/health/\"\n"
    "\n"
    "echo \"Waiting for backend to stabilize...\"\n"
    "sleep 10\n"
    "echo \"Health check URL: $HEALTH_URL\"\n"
    "\n"
    "while [ $ATTEMPT -le $MAX_ATTEMPTS ]; do\n"
    "  HTTP_CODE=$(curl -s -o /dev/null -w \"%{http_code}\" -H \"Host: meatscentral.com\" \\\n"
    "    \"$HEALTH_URL\" 2>/dev/null || echo \"000\")\n"
    "  if [ \"$HTTP_CODE\" = \"200\" ]; then\n"
    "    echo \"✓ Backend health check passed (HTTP $HTTP_CODE)\"\n"
    "    exit 0\n"
    "  fi\n"
    "  if [ $ATTEMPT -eq $MAX_ATTEMPTS ]; then\n"
    "    echo \"✗ Backend health check failed after $MAX_ATTEMPTS attempts (HTTP $HTTP_CODE)\"\n"
    "    echo \"Last response code: $HTTP_CODE\"\n"
    "    exit 1\n"
    "  fi\n"
    "  echo \"Health check attempt $ATTEMPT/$MAX_ATTEMPTS (HTTP $HTTP_CODE)...\"\n"
    "  sleep 5\n"
    "  ATTEMPT=$((ATTEMPT + 1))\n"
    "done\n"
    "SSH\n";

static const char SHARED[] =
    "echo \"Applying shared schema migrations...\"\n"
    "python manage.py migrate_schemas --shared --noinput || python manage.py migrate --noinput\n";

static const char TENANT[] = "echo \"Setting up test tenant...\"\n"
                             "python - <<'PY'\n"
                             "import django\n"
                             "django.setup()\n"
                             "from django.db import connection\n"
                             "try:\n"
                             "    connection.tenant.activate()\n"
                             "    print(\"Test tenant schema created\")\n"
                             "except Exception as error:\n"
                             "    print(f\"Warning: Could not set up test tenant: {error}\")\n"
                             "    print(\"Continuing with shared schema only...\")\n"
                             "PY\n";

typedef struct expected {
    uint32_t first_line, last_line;
    const char *words; /* with which it begins; empty: an assignment */
    ff_shield shield;
    uint32_t shield_line;
    bool certain;
    int branch; /* -1: none */
} expected;

/* `words` is how the command begins. */
static bool begins(const ff_shell_command *command, const char *words)
{
    ff_slice rest = ff_slice_of(words), word;
    uint32_t at = 0;
    while (ff_slice_take_until(&rest, ' ', &word))
        if (at >= command->word_count || !ff_slice_eq(command->words[at++], word))
            return false;
    return words[0] || !command->word_count;
}

static void expect_all(const char *text, const expected *rows, size_t count)
{
    reading r;
    const ff_shell_script *script = open_script(&r, text, true);
    assert_true(script->whole);
    for (size_t i = 0; i < count && i < script->commands.count; i++) {
        const ff_shell_command *command = &script->commands.items[i];
        bool certain = false;
        (void)ff_shell_proves(script, command, &certain);
        if (!begins(command, rows[i].words) || command->first_line != rows[i].first_line ||
            command->last_line != rows[i].last_line || command->shield != rows[i].shield ||
            command->shield_line != rows[i].shield_line || certain != rows[i].certain ||
            (int)command->branch_of != rows[i].branch)
            fail_msg("row %zu, '%s': '%.*s', lines %u to %u, %s, line %u, certain %d, branch %d", i, rows[i].words,
                     FF_ARG(command->text), (unsigned)command->first_line, (unsigned)command->last_line,
                     ff_shield_name(command->shield), (unsigned)command->shield_line, certain, (int)command->branch_of);
    }
    assert_int_equal(script->commands.count, count);
    close_script(&r);
}

static void a_deploy_through_ssh_and_docker(void **state)
{
    static const expected rows[] = {
        {1, 1, "set -euo pipefail", FF_SHIELD_NONE, 0, true, -1},
        {2, 46, "sshpass -e ssh", FF_SHIELD_NONE, 0, true, -1},
        {2, 2, "bash -s", FF_SHIELD_NONE, 0, true, -1},
        {3, 3, "set -euo pipefail", FF_SHIELD_NO_ERREXIT, 2, true, -1},
        {4, 4, "", FF_SHIELD_NONE, 0, true, -1},
        {5, 5, "", FF_SHIELD_NONE, 0, true, -1},
        {6, 6, "", FF_SHIELD_NONE, 0, true, -1},
        {7, 7, "sudo docker pull", FF_SHIELD_NONE, 0, true, -1},
        {10, 25, "sudo docker run --rm", FF_SHIELD_NONE, 0, true, -1},
        {16, 16, "python manage.py help migrate_schemas", FF_SHIELD_CONDITION, 16, true, -1},
        {17, 17, "echo", FF_SHIELD_NO_ERREXIT, 10, false, 0},
        {18, 18, "python manage.py migrate_schemas --shared", FF_SHIELD_NO_ERREXIT, 10, false, 0},
        {19, 19, "python manage.py ensure_public_tenant", FF_SHIELD_NO_ERREXIT, 10, false, 0},
        {20, 20, "python manage.py migrate_schemas --noinput", FF_SHIELD_NONE, 0, false, 0},
        {22, 22, "echo", FF_SHIELD_NO_ERREXIT, 10, false, 0},
        {23, 23, "python manage.py migrate --noinput", FF_SHIELD_NONE, 0, false, 0},
        {28, 29, "sudo docker run --rm", FF_SHIELD_IGNORED, 29, true, -1},
        {29, 29, "echo", FF_SHIELD_NONE, 0, false, -1},
        {30, 31, "sudo docker run --rm", FF_SHIELD_IGNORED, 31, true, -1},
        {31, 31, "echo", FF_SHIELD_NONE, 0, false, -1},
        {33, 34, "sudo docker run --rm", FF_SHIELD_NONE, 0, true, -1},
        {36, 36, "sudo docker stop pm-backend", FF_SHIELD_IGNORED, 36, true, -1},
        {36, 36, "true", FF_SHIELD_NONE, 0, false, -1},
        {37, 37, "sudo docker rm pm-backend", FF_SHIELD_IGNORED, 37, true, -1},
        {37, 37, "true", FF_SHIELD_NONE, 0, false, -1},
        {38, 44, "sudo docker run -d", FF_SHIELD_NONE, 0, true, -1},
        {45, 45, "echo", FF_SHIELD_NONE, 0, true, -1},
    };
    reading r;
    bool in_then = true;
    (void)state;
    expect_all(DEPLOY, rows, COUNT(rows));
    const ff_shell_script *script = open_script(&r, DEPLOY, true);
    const ff_shell_command *migrate = command_of(&r, "manage.py migrate_schemas");
    const ff_shell_choice *guard = ff_shell_guard(script, migrate, FF_LIT("migrate_schemas"), &in_then);
    assert_true(guard && in_then && guard->simple && !guard->negated);
    assert_int_equal(guard->first_line, 16);
    assert_int_equal(guard->last_line, 24);
    assert_int_equal(guard->then_first, 17);
    assert_int_equal(guard->then_last, 20);
    assert_int_equal(guard->else_line, 21);
    assert_int_equal(guard->else_first, 22);
    assert_int_equal(guard->else_last, 23);
    assert_true(script->commands.items[guard->condition].silent);
    assert_null(ff_shell_guard(script, migrate, FF_LIT("ensure_public_tenant"), &in_then));
    const ff_shell_command *regular = command_of(&r, "manage.py migrate");
    assert_ptr_equal(ff_shell_guard(script, regular, FF_LIT("migrate_schemas"), &in_then), guard);
    assert_false(in_then);
    expect_text(ff_shell_says(ff_shell_at(script, 22)), "Using regular migrations...");
    expect_text(ff_shell_says(ff_shell_at(script, 45)), "✓ Backend container started");
    close_script(&r);
}

static void a_health_check_that_hides_its_evidence(void **state)
{
    static const expected rows[] = {
        {1, 1, "set -euo pipefail", FF_SHIELD_NONE, 0, true, -1},
        {2, 28, "sshpass -e ssh", FF_SHIELD_NONE, 0, true, -1},
        {2, 2, "bash -s", FF_SHIELD_NONE, 0, true, -1},
        {3, 3, "set -euo pipefail", FF_SHIELD_NO_ERREXIT, 2, true, -1},
        {4, 4, "", FF_SHIELD_NONE, 0, true, -1},
        {5, 5, "", FF_SHIELD_NONE, 0, true, -1},
        {6, 6, "", FF_SHIELD_NONE, 0, true, -1},
        {8, 8, "echo", FF_SHIELD_NONE, 0, true, -1},
        {9, 9, "sleep 10", FF_SHIELD_NONE, 0, true, -1},
        {10, 10, "echo", FF_SHIELD_NONE, 0, true, -1},
        {12, 12, "[ $ATTEMPT -le $MAX_ATTEMPTS ]", FF_SHIELD_CONDITION, 12, true, -1},
        {13, 14, "", FF_SHIELD_NONE, 0, false, 0},
        {13, 14, "curl -s -o /dev/null", FF_SHIELD_IGNORED, 14, false, 0},
        {14, 14, "echo 000", FF_SHIELD_NONE, 0, false, 0},
        {15, 15, "[ $HTTP_CODE = 200 ]", FF_SHIELD_CONDITION, 15, false, 0},
        {16, 16, "echo", FF_SHIELD_NONE, 0, false, 1},
        {17, 17, "exit 0", FF_SHIELD_NONE, 0, false, 1},
        {19, 19, "[ $ATTEMPT -eq $MAX_ATTEMPTS ]", FF_SHIELD_CONDITION, 19, false, 0},
        {20, 20, "echo", FF_SHIELD_NONE, 0, false, 2},
        {21, 21, "echo", FF_SHIELD_NONE, 0, false, 2},
        {22, 22, "exit 1", FF_SHIELD_NONE, 0, false, 2},
        {24, 24, "echo", FF_SHIELD_NONE, 0, false, 0},
        {25, 25, "sleep 5", FF_SHIELD_NONE, 0, false, 0},
        {26, 26, "", FF_SHIELD_NONE, 0, false, 0},
    };
    reading r;
    (void)state;
    expect_all(HEALTH, rows, COUNT(rows));
    (void)open_script(&r, HEALTH, true);
    const ff_shell_command *curl = command_of(&r, "curl");
    assert_true(curl->errors_dropped && !curl->silent);
    expect_text(curl->shield_text, "|| echo \"000\"");
    expect_text(curl->text, "curl -s -o /dev/null -w \"%{http_code}\" -H \"Host: meatscentral.com\" \"$HEALTH_URL\" "
                            "2>/dev/null");
    close_script(&r);
}

static void migrations_with_a_fallback(void **state)
{
    static const expected rows[] = {
        {1, 1, "echo", FF_SHIELD_NONE, 0, true, -1},
        {2, 2, "python manage.py migrate_schemas --shared --noinput", FF_SHIELD_FALLBACK, 2, true, -1},
        {2, 2, "python manage.py migrate --noinput", FF_SHIELD_NONE, 0, false, -1},
    };
    reading r;
    (void)state;
    expect_all(SHARED, rows, COUNT(rows));
    (void)open_script(&r, SHARED, true);
    expect_text(command_of(&r, "migrate_schemas")->shield_text, "|| python manage.py migrate --noinput");
    close_script(&r);
}

static void a_tenant_in_python_that_nobody_misses(void **state)
{
    static const expected rows[] = {
        {1, 1, "echo", FF_SHIELD_NONE, 0, true, -1},
        {2, 12, "python -", FF_SHIELD_NONE, 0, true, -1},
        {3, 3, "import django", FF_SHIELD_NONE, 0, true, -1},
        {4, 4, "django.setup", FF_SHIELD_NONE, 0, true, -1},
        {5, 5, "from django.db import connection", FF_SHIELD_NONE, 0, true, -1},
        {7, 7, "connection.tenant.activate", FF_SHIELD_EXCEPT, 9, true, -1},
        {8, 8, "print", FF_SHIELD_EXCEPT, 9, false, -1},
        {10, 10, "print", FF_SHIELD_NONE, 0, false, -1},
        {11, 11, "print", FF_SHIELD_NONE, 0, false, -1},
    };
    reading r;
    (void)state;
    const ff_shell_script *script = open_script(&r, TENANT, true);
    expect_text(ff_shell_at(script, 7)->shield_text, "except Exception as error:");
    expect_text(ff_shell_says(ff_shell_at(script, 8)), "Test tenant schema created");
    expect_text(ff_shell_says(ff_shell_at(script, 10)), "");
    expect_text(ff_shell_says(ff_shell_at(script, 11)), "Continuing with shared schema only...");
    close_script(&r);
    expect_all(TENANT, rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deploy_through_ssh_and_docker),
        cmocka_unit_test(a_health_check_that_hides_its_evidence),
        cmocka_unit_test(migrations_with_a_fallback),
        cmocka_unit_test(a_tenant_in_python_that_nobody_misses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
