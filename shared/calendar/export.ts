import type { Appointments } from './appointments.ts';
import type { CsvLanguage } from './csv.ts';

/** Which appointments go into a file: those that begin from `from` to `to`, both included. */
export type ExportRange = {
  salonId: string;
  from: Date;
  to: Date;
  /** Polish unless told otherwise. */
  language?: CsvLanguage;
};

/** Takes the data of a salon along. */
export type Export = {
  /** Every appointment of the range, whatever its status, as the text of a CSV file: see `toCsv`. */
  exportCsv(range: ExportRange): Promise<string>;
};

/** Writes files of what `appointments` reads. */
export function createExport({ getAppointmentsInRange }: Appointments): Export {
  return {
    exportCsv: async ({ salonId, from, to, language }) => {
      // Only now: a page that may never write a file need not load what writes one.
      const [{ toCsv }, appointments] = await Promise.all([
        import('./csv.ts'),
        getAppointmentsInRange(salonId, from, to),
      ]);
      return toCsv(appointments, language);
    },
  };
}
