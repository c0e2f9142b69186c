import { authHeaders, login, logout } from './authService';

afterEach(logout);

test('sends nothing before a login', () => {
  expect(authHeaders()).toEqual({});
});

test('sends token and tenant after a login', () => {
  login('t0', 'acme');
  expect(authHeaders()).toEqual({ Authorization: 'Token t0', 'X-Tenant-ID': 'acme' });
});
