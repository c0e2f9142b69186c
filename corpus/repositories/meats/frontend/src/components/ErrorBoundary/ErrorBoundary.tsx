import React from 'react';

interface Props {
  children: React.ReactNode;
}

interface State {
  broken: boolean;
}

/** Shows a page of its own where a component below it throws.
 *  Event handlers are not covered: React catches what rendering throws, and nothing else. */
export default class ErrorBoundary extends React.Component<Props, State> {
  state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  componentDidCatch(error: Error, info: React.ErrorInfo) {
    console.error(error, info.componentStack);
  }

  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main role="alert">
        <h1>Something went wrong</h1>
        <button onClick={() => window.location.reload()}>Load the page again</button>
      </main>
    );
  }
}
