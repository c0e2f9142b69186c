import React from 'react';
import { render, screen } from '@testing-library/react';
import App from './App';
import { PAGES } from './pages';

test('links to every page', () => {
  render(<App />);
  PAGES.forEach((page) => expect(screen.getByText(page.title)).toBeTruthy());
});
