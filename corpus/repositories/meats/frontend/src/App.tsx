import React from 'react';
import { BrowserRouter, Link, Route, Routes } from 'react-router-dom';
import ErrorBoundary from './components/ErrorBoundary/ErrorBoundary';
import ListPage from './components/ListPage';
import { PAGES } from './pages';

export default function App() {
  return (
    <BrowserRouter>
      <nav>
        {PAGES.map((page) => (
          <Link key={page.path} to={`/${page.path}`}>
            {page.title}
          </Link>
        ))}
      </nav>
      <ErrorBoundary>
        <Routes>
          <Route path="/" element={<h1>ProjectMeats</h1>} />
          {PAGES.map((page) => (
            <Route key={page.path} path={`/${page.path}`} element={<ListPage page={page} />} />
          ))}
        </Routes>
      </ErrorBoundary>
    </BrowserRouter>
  );
}
