import React, { useEffect, useState } from 'react';
import { Page } from '../pages';
import { list, Row } from '../services/api';

export default function ListPage({ page }: { page: Page }) {
  const [rows, setRows] = useState<Row[] | null>(null);
  const [fault, setFault] = useState('');

  useEffect(() => {
    setRows(null);
    setFault('');
    list(page.path).then(setRows, (error: Error) => setFault(error.message));
  }, [page.path]);

  if (fault) return <p role="alert">{fault}</p>;
  if (!rows) return <p>Loading…</p>;
  return (
    <table>
      <caption>{page.title}</caption>
      <thead>
        <tr>
          {page.columns.map((column) => (
            <th key={column}>{column.replace(/_/g, ' ')}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {page.columns.map((column) => (
              <td key={column}>{String(row[column] ?? '')}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
