import axios from 'axios';
import { authHeaders } from './authService';

export interface Row {
  id: number;
  [column: string]: unknown;
}

export async function list(path: string): Promise<Row[]> {
  const answer = await axios.get<{ results: Row[] }>(`/api/v1/${path}/`, { headers: authHeaders() });
  return answer.data.results;
}
