// The token of the session lives in the tab's storage and goes when the tab is closed.
const KEY = 'token';
const TENANT = 'tenant';

export function login(token: string, tenant: string) {
  sessionStorage.setItem(KEY, token);
  sessionStorage.setItem(TENANT, tenant);
}

export function logout() {
  sessionStorage.clear();
}

export function authHeaders(): Record<string, string> {
  const token = sessionStorage.getItem(KEY);
  const tenant = sessionStorage.getItem(TENANT);
  return {
    ...(token ? { Authorization: `Token ${token}` } : {}),
    ...(tenant ? { 'X-Tenant-ID': tenant } : {}),
  };
}
