import pg from 'pg';
import type { ViewQuery } from './queries.ts';
import type { Subject } from './scene.ts';

/** How a table is read: the kind of scan, the index, and the number of rows. */
export type TableScan = { table: string; kind: string; index: string; rows: number };

/** The scans of a query, and the times of its planning and execution. */
export type Plan = { scans: TableScan[]; returned: number; ms: number };

/** The parts of a node of EXPLAIN's tree that are used here. */
type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
};

type Explained = { Plan: PlanNode; 'Planning Time': number; 'Execution Time': number };

/** Explains queries as one role, on a connection like those of the Data API. */
export type Explainer = { explain(query: ViewQuery): Promise<Plan>; close(): Promise<void> };

/** Connects. The first query also reads the catalogue and plans the policies' functions. */
export async function openExplainer(
  { database, ownerId }: Subject,
  role: string,
): Promise<Explainer> {
  const client = new pg.Client({ connectionString: database.url('authenticator') });
  await client.connect();
  return {
    explain: async ({ sql }) => {
      const explained = await explainAs(client, role, ownerId, sql);
      return {
        scans: tableScans(explained.Plan),
        returned: explained.Plan['Actual Rows'],
        ms: explained['Planning Time'] + explained['Execution Time'],
      };
    },
    close: () => client.end(),
  };
}

async function explainAs(
  client: pg.ClientBase,
  role: string,
  userId: string,
  sql: string,
): Promise<Explained> {
  await client.query('begin');
  await client.query(`set local role ${role}`);
  await client.query("select set_config('request.jwt.claims', $1, true)", [
    JSON.stringify({ role, sub: userId }),
  ]);
  const { rows: [row] } = await client.query<{ 'QUERY PLAN': [Explained] }>(
    `explain (analyze, timing off, format json) ${sql}`,
  );
  await client.query('rollback');
  if (row === undefined) throw new Error('nothing was explained');
  return row['QUERY PLAN'][0];
}

function tableScans(node: PlanNode, table = node['Relation Name']): TableScan[] {
  const below = (node.Plans ?? []).flatMap((child) =>
    // The index of a bitmap scan is below the node that names the table.
    tableScans(
      child,
      child['Relation Name'] ?? (child['Node Type'] === 'Bitmap Index Scan' ? table : undefined),
    )
  );
  if (node['Node Type'] === 'Bitmap Heap Scan' || !node['Node Type'].includes('Scan')) return below;
  if (table === undefined) return below;
  const rows = node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
  return [{ table, kind: node['Node Type'], index: node['Index Name'] ?? '', rows }, ...below];
}
