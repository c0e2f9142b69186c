#include "repo/well_known.h"

/* Of Django 3.2 to 5.2: https://docs.djangoproject.com/en/5.2/ref/django-admin/ */
static const char CORE[] =
    "check compilemessages createcachetable dbshell diffsettings dumpdata flush inspectdb loaddata "
    "makemessages makemigrations migrate optimizemigration runserver sendtestemail shell "
    "showmigrations sqlflush sqlmigrate sqlsequencereset squashmigrations startapp startproject "
    "test testserver";

/* Sorted by module, and so are the commands of each: a test checks it. Without commands stand apps that have none, so
 * that they can be ruled out. */
static const ff_known_app APPS[] = {
    {"adminsortable2", "django-admin-sortable2", ""},
    {"allauth", "django-allauth", ""},
    {"allauth.account", "django-allauth", "account_unsetmultipleprimaryemails"},
    {"allauth.headless", "django-allauth", ""},
    {"allauth.mfa", "django-allauth", ""},
    {"allauth.socialaccount", "django-allauth", ""},
    {"allauth.socialaccount.providers.*", "django-allauth", ""},
    {"allauth.usersessions", "django-allauth", ""},
    {"anymail", "django-anymail", ""},
    {"auditlog", "django-auditlog", "auditlogflush auditlogmigratejson"},
    {"axes", "django-axes",
     "axes_list_attempts axes_reset axes_reset_failure_logs axes_reset_ip axes_reset_ip_username "
     "axes_reset_logs axes_reset_username"},
    {"background_task", "django-background-tasks", "process_tasks"},
    {"behave_django", "behave-django", "behave"},
    {"bootstrap4", "django-bootstrap4", ""},
    {"bootstrap5", "django-bootstrap5", ""},
    {"cacheops", "django-cacheops", "cleanfilecache invalidate reapconjs"},
    {"captcha", "django-simple-captcha", "captcha_clean captcha_create_pool"},
    {"channels", "channels", "runworker"},
    {"ckeditor", "django-ckeditor", ""},
    {"ckeditor_uploader", "django-ckeditor", "generateckeditorthumbnails"},
    {"cloudinary", "cloudinary", ""},
    {"cloudinary_storage", "django-cloudinary-storage", "collectstatic deleteorphanedmedia deleteredundantstatic"},
    {"cms", "django-cms", "cms"},
    {"colorfield", "django-colorfield", ""},
    {"compressor", "django_compressor", "compress mtime_cache"},
    {"constance", "django-constance", "constance"},
    {"constance.backends.database", "django-constance", ""},
    {"corsheaders", "django-cors-headers", ""},
    {"crispy_bootstrap4", "crispy-bootstrap4", ""},
    {"crispy_bootstrap5", "crispy-bootstrap5", ""},
    {"crispy_forms", "django-crispy-forms", ""},
    {"crispy_tailwind", "crispy-tailwind", ""},
    {"csp", "django-csp", ""},
    {"daphne", "daphne", "runserver"},
    {"dbbackup", "django-dbbackup", "dbbackup dbrestore listbackups mediabackup mediarestore"},
    {"debug_toolbar", "django-debug-toolbar", "debugsqlshell"},
    {"defender", "django-defender", "cleanup_django_defender"},
    {"dj_rest_auth", "dj-rest-auth", ""},
    {"dj_rest_auth.registration", "dj-rest-auth", ""},
    {"django.contrib.admin", "Django", ""},
    {"django.contrib.admin.apps.SimpleAdminConfig", "Django", ""},
    {"django.contrib.admindocs", "Django", ""},
    {"django.contrib.auth", "Django", "changepassword createsuperuser"},
    {"django.contrib.contenttypes", "Django", "remove_stale_contenttypes"},
    {"django.contrib.flatpages", "Django", ""},
    {"django.contrib.gis", "Django", "inspectdb ogrinspect"},
    {"django.contrib.humanize", "Django", ""},
    {"django.contrib.messages", "Django", ""},
    {"django.contrib.postgres", "Django", ""},
    {"django.contrib.redirects", "Django", ""},
    {"django.contrib.sessions", "Django", "clearsessions"},
    {"django.contrib.sitemaps", "Django", "ping_google"},
    {"django.contrib.sites", "Django", ""},
    {"django.contrib.staticfiles", "Django", "collectstatic findstatic runserver"},
    {"django.contrib.syndication", "Django", ""},
    {"django.forms", "Django", ""},
    {"django_apscheduler", "django-apscheduler", ""},
    {"django_bootstrap5", "django-bootstrap5", ""},
    {"django_browser_reload", "django-browser-reload", ""},
    {"django_celery_beat", "django-celery-beat", ""},
    {"django_celery_results", "django-celery-results", ""},
    {"django_cleanup", "django-cleanup", ""},
    {"django_countries", "django-countries", ""},
    {"django_cron", "django-cron", "cronloop runcrons"},
    {"django_crontab", "django-crontab", "crontab"},
    {"django_dramatiq", "django-dramatiq", "rundramatiq"},
    {"django_elasticsearch_dsl", "django-elasticsearch-dsl", "search_index"},
    {"django_extensions", "django-extensions",
     "admin_generator clean_pyc clear_cache compile_pyc create_command create_jobs "
     "create_template_tags delete_squashed_migrations describe_form drop_test_database dumpscript "
     "export_emails find_template generate_password generate_secret_key graph_models list_model_info "
     "list_signals mail_debug managestate merge_model_instances notes pipchecker print_settings "
     "print_user_for_session raise_test_exception reset_db reset_schema runjob runjobs "
     "runprofileserver runscript runserver_plus set_default_site set_fake_emails set_fake_passwords "
     "shell_plus show_permissions show_template_tags show_urls sqlcreate sqldiff sqldsn sync_s3 "
     "syncdata unreferenced_files update_permissions validate_templates"},
    {"django_filters", "django-filter", ""},
    {"django_fsm", "django-fsm", "graph_transitions"},
    {"django_htmx", "django-htmx", ""},
    {"django_linear_migrations", "django-linear-migrations", "create_max_migration_files rebase_migration"},
    {"django_migration_linter", "django-migration-linter", "lintmigrations makemigrations"},
    {"django_otp", "django-otp", ""},
    {"django_otp.plugins.otp_email", "django-otp", ""},
    {"django_otp.plugins.otp_static", "django-otp", "addstatictoken"},
    {"django_otp.plugins.otp_totp", "django-otp", ""},
    {"django_prometheus", "django-prometheus", ""},
    {"django_q", "django-q2", "qcluster qinfo qmemory qmonitor"},
    {"django_rq", "django-rq", "rqenqueue rqresume rqscheduler rqstats rqsuspend rqworker rqworker-pool"},
    {"django_select2", "django-select2", ""},
    {"django_summernote", "django-summernote", ""},
    {"django_tables2", "django-tables2", ""},
    {"django_tenants", "django-tenants",
     "all_tenants_command clone_tenant collectstatic_schemas create_missing_schemas create_tenant "
     "create_tenant_superuser delete_tenant migrate migrate_schemas rename_schema tenant_command"},
    {"django_vite", "django-vite", ""},
    {"djoser", "djoser", ""},
    {"djstripe", "dj-stripe",
     "djstripe_clear_expired_idempotency_keys djstripe_init_customers djstripe_process_events "
     "djstripe_sync_customers djstripe_sync_models"},
    {"drf_spectacular", "drf-spectacular", "spectacular"},
    {"drf_spectacular_sidecar", "drf-spectacular-sidecar", ""},
    {"drf_yasg", "drf-yasg", "generate_swagger"},
    {"easy_thumbnails", "easy-thumbnails", "thumbnail_cleanup"},
    {"graphene_django", "graphene-django", "graphql_schema"},
    {"grappelli", "django-grappelli", ""},
    {"guardian", "django-guardian", "clean_orphan_obj_perms"},
    {"haystack", "django-haystack", "build_solr_schema clear_index haystack_info rebuild_index update_index"},
    {"health_check", "django-health-check", "health_check"},
    {"health_check.*", "django-health-check", ""},
    {"huey.contrib.djhuey", "huey", "run_huey"},
    {"imagekit", "django-imagekit", "generateimages"},
    {"jazzmin", "django-jazzmin", ""},
    {"knox", "django-rest-knox", ""},
    {"localflavor", "django-localflavor", ""},
    {"maintenance_mode", "django-maintenance-mode", "maintenance_mode"},
    {"markdownx", "django-markdownx", ""},
    {"menus", "django-cms", ""},
    {"modelcluster", "django-modelcluster", ""},
    {"modeltranslation", "django-modeltranslation", "loaddata sync_translation_fields update_translation_fields"},
    {"mptt", "django-mptt", ""},
    {"nested_admin", "django-nested-admin", ""},
    {"oauth2_provider", "django-oauth-toolkit", "cleartokens createapplication"},
    {"ordered_model", "django-ordered-model", "reorder_model"},
    {"parler", "django-parler", ""},
    {"phonenumber_field", "django-phonenumber-field", ""},
    {"polymorphic", "django-polymorphic", ""},
    {"post_office", "django-post-office", "cleanup_mail send_queued_mail"},
    {"procrastinate.contrib.django", "procrastinate", "procrastinate"},
    {"rest_framework", "djangorestframework", "generateschema"},
    {"rest_framework.authtoken", "djangorestframework", "drf_create_token"},
    {"rest_framework_api_key", "djangorestframework-api-key", ""},
    {"rest_framework_gis", "djangorestframework-gis", ""},
    {"rest_framework_simplejwt", "djangorestframework-simplejwt", ""},
    {"rest_framework_simplejwt.token_blacklist", "djangorestframework-simplejwt", "flushexpiredtokens"},
    {"rest_framework_swagger", "django-rest-swagger", ""},
    {"reversion", "django-reversion", "createinitialrevisions deleterevisions"},
    {"robots", "django-robots", ""},
    {"rosetta", "django-rosetta", ""},
    {"rules", "rules", ""},
    {"sass_processor", "django-sass-processor", "compilescss"},
    {"sekizai", "django-sekizai", ""},
    {"silk", "django-silk", "silk_clear_request_log silk_request_garbage_collect"},
    {"simple_history", "django-simple-history", "clean_duplicate_history clean_old_history populate_history"},
    {"social_django", "social-auth-app-django", "clearsocial"},
    {"solo", "django-solo", ""},
    {"sorl.thumbnail", "sorl-thumbnail", "thumbnail"},
    {"sslserver", "django-sslserver", "runsslserver"},
    {"storages", "django-storages", ""},
    {"taggit", "django-taggit", "deduplicate_tags remove_orphaned_tags"},
    {"tailwind", "django-tailwind", "tailwind"},
    {"tenant_schemas", "django-tenant-schemas", "collectstatic_schemas list_tenants migrate_schemas tenant_command"},
    {"timezone_field", "django-timezone-field", ""},
    {"tinymce", "django-tinymce", ""},
    {"treebeard", "django-treebeard", ""},
    {"two_factor", "django-two-factor-auth", "two_factor_disable two_factor_status"},
    {"unfold", "django-unfold", ""},
    {"unfold.contrib.*", "django-unfold", ""},
    {"waffle", "django-waffle", "waffle_delete waffle_flag waffle_sample waffle_switch"},
    {"wagtail", "wagtail",
     "create_log_entries_from_revisions fixtree move_pages publish_scheduled publish_scheduled_pages "
     "purge_revisions rebuild_references_index set_url_paths show_references_index"},
    {"wagtail.admin", "wagtail", ""},
    {"wagtail.contrib.forms", "wagtail", ""},
    {"wagtail.contrib.redirects", "wagtail", "import_redirects"},
    {"wagtail.contrib.routable_page", "wagtail", ""},
    {"wagtail.contrib.settings", "wagtail", ""},
    {"wagtail.contrib.sitemaps", "wagtail", ""},
    {"wagtail.contrib.styleguide", "wagtail", ""},
    {"wagtail.contrib.table_block", "wagtail", ""},
    {"wagtail.core", "wagtail",
     "create_log_entries_from_revisions fixtree move_pages publish_scheduled_pages purge_revisions "
     "set_url_paths"},
    {"wagtail.documents", "wagtail", ""},
    {"wagtail.embeds", "wagtail", "purge_embeds"},
    {"wagtail.images", "wagtail", "wagtail_update_image_renditions"},
    {"wagtail.locales", "wagtail", ""},
    {"wagtail.search", "wagtail", "update_index wagtail_update_index"},
    {"wagtail.sites", "wagtail", ""},
    {"wagtail.snippets", "wagtail", ""},
    {"wagtail.users", "wagtail", ""},
    {"watson", "django-watson", "buildwatson installwatson listwatson uninstallwatson"},
    {"webpack_loader", "django-webpack-loader", ""},
    {"whitenoise.runserver_nostatic", "whitenoise", "runserver"},
    {"widget_tweaks", "django-widget-tweaks", ""},
};

enum { APP_COUNT = sizeof APPS / sizeof *APPS };

static bool has_word(const char *words, ff_slice wanted)
{
    ff_slice rest = ff_slice_of(words), word;
    while (ff_slice_take_until(&rest, ' ', &word))
        if (ff_slice_eq(word, wanted))
            return true;
    return false;
}

static bool is_module(ff_slice pattern, ff_slice module)
{
    if (!ff_slice_ends(pattern, FF_LIT(".*")))
        return ff_slice_eq(pattern, module);
    ff_slice folder = ff_slice_cut(pattern, pattern.len - 1);
    return module.len > folder.len && ff_slice_starts(module, folder);
}

bool ff_known_core_command(ff_slice command)
{
    return has_word(CORE, command);
}

const ff_known_app *ff_known_app_of(ff_slice module)
{
    for (size_t i = 0; i < APP_COUNT; i++)
        if (is_module(ff_slice_of(APPS[i].module), module))
            return &APPS[i];
    return NULL;
}

const ff_known_app *ff_known_app_at(size_t index)
{
    return index < APP_COUNT ? &APPS[index] : NULL;
}

bool ff_known_app_has(const ff_known_app *app, ff_slice command)
{
    return has_word(app->commands, command);
}
