import React from 'react';
import { render, screen } from '@testing-library/react';
import ErrorBoundary from './ErrorBoundary';

function Broken(): JSX.Element {
  throw new Error('boom');
}

test('shows its children while all is well', () => {
  render(<ErrorBoundary>fine</ErrorBoundary>);
  expect(screen.getByText('fine')).toBeTruthy();
});

test('shows a page of its own when a child throws', () => {
  render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>
  );
  expect(screen.getByRole('alert')).toBeTruthy();
});
