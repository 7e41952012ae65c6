import type { Appointments } from './appointments.ts';
import type { CsvLanguage } from './appointment-csv.ts';

/** Which appointments to export: those that begin from `from` to `to`, both included. */
export type ExportRange = {
  salonId: string;
  from: Date;
  to: Date;
  /** Polish by default. */
  language?: CsvLanguage;
};

/** Exports the data of a salon. */
export type Export = {
  /** Every appointment of the range, of any status, as the text of a CSV file: see `toCsv`. */
  exportCsv(range: ExportRange): Promise<string>;
};

/** Exports what `appointments` reads. */
export function createExport({ getAppointmentsInRange }: Appointments): Export {
  return {
    exportCsv: async ({ salonId, from, to, language }) => {
      // Loaded on demand: most visitors of a page never export anything.
      const [{ toCsv }, appointments] = await Promise.all([
        import('./appointment-csv.ts'),
        getAppointmentsInRange(salonId, from, to),
      ]);
      return toCsv(appointments, language);
    },
  };
}
