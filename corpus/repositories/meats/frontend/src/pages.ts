// One row a page: the path, here and under /api/v1/, its title, and the columns of its table.
export interface Page {
  path: string;
  title: string;
  columns: string[];
}

export const PAGES: Page[] = [
  { path: 'suppliers', title: 'Suppliers', columns: ['name', 'city', 'state', 'payment_terms'] },
  { path: 'customers', title: 'Customers', columns: ['name', 'industry', 'credit_limit'] },
  { path: 'contacts', title: 'Contacts', columns: ['last_name', 'first_name', 'position', 'phone'] },
  { path: 'plants', title: 'Plants', columns: ['name', 'establishment_number', 'city', 'state'] },
  { path: 'carriers', title: 'Carriers', columns: ['name', 'code', 'insured_until'] },
  { path: 'products', title: 'Products', columns: ['code', 'description', 'protein', 'state'] },
  { path: 'purchase-orders', title: 'Purchase orders', columns: ['number', 'ordered_on', 'amount', 'status'] },
  { path: 'sales-orders', title: 'Sales orders', columns: ['number', 'ordered_on', 'deliver_on', 'status'] },
  { path: 'invoices', title: 'Invoices', columns: ['number', 'due_on', 'amount', 'status'] },
  { path: 'accounts-receivables', title: 'Receivables', columns: ['invoice_number', 'due_on', 'amount', 'paid_on'] },
];
