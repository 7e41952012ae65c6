import { useT } from '../i18n/use-language.tsx';
import { Chart, type ChartProps } from './chart.tsx';

/** A chart with a legend, and the same values as a table. */
export function Figure({ heading, hint, ...chart }: ChartProps & {
  /** The heading of the first column, which has the labels. */
  heading: string;
  hint?: string;
}) {
  const t = useT();
  const { title, labels, series } = chart;
  return (
    <section class='card figure'>
      <h2>{title}</h2>
      {hint && <p class='muted'>{hint}</p>}
      {/* Reversed, since the last series is drawn at the bottom. */}
      {series.length > 1 && (
        <ul class='chart-legend'>
          {series.toReversed().map(({ label, color }) => (
            <li key={label} style={{ '--series': `var(${color})` }}>{label}</li>
          ))}
        </ul>
      )}
      <Chart {...chart} />
      <details>
        <summary>{t('state.table')}</summary>
        <div class='figure-table' tabIndex={0} role='region' aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope='col'>{heading}</th>
                {series.map(({ label }) => <th key={label} scope='col'>{label}</th>)}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, index) => (
                <tr key={index}>
                  <th scope='row'>{label}</th>
                  {series.map((each) => <td key={each.label}>{each.values[index]}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
