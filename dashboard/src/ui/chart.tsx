import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';

/** A series with one value for each label. */
export type Series = { label: string; color: `--${string}`; values: readonly number[] };

/** The content of a chart. */
export type ChartProps = {
  title: string;
  /** The labels below the bars or points. */
  labels: readonly string[];
  series: readonly Series[];
  /** Bars are stacked; points are joined by a line. */
  kind: 'bars' | 'line';
};

const HEIGHT = 220;
const BAR_WIDTH = 0.7;
const MAX_BAR_PX = 40;
const LINE: uPlot.Series = { width: 2, points: { size: 5 } };
const BARS: uPlot.Series = {
  width: 0,
  points: { show: false },
  ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [BAR_WIDTH, MAX_BAR_PX] }) }),
};

/** Draws a chart. `Figure` shows the same values in a table, for screen readers. */
export function Chart({ title, labels, series, kind }: ChartProps) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let plot: uPlot | null = null;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(
        options(element, labels, series, kind),
        dataOf(series, kind),
        element,
      );
    };
    // The colours change with the colour scheme.
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const size = new ResizeObserver(() => plot?.setSize(sizeOf(element)));
    draw();
    size.observe(element);
    scheme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [labels, series, kind]);
  return (
    <div class='chart' role='img' aria-label={title}>
      <div ref={container} />
    </div>
  );
}

/** Stacked bars are drawn over each other, so each value includes those below it. */
function dataOf(series: readonly Series[], kind: ChartProps['kind']): uPlot.AlignedData {
  const positions = series[0]?.values.map((_, index) => index) ?? [];
  const heights = series.map(({ values }, which) =>
    kind === 'line'
      ? [...values]
      : values.map((_, index) =>
        series.slice(which).reduce((sum, each) => sum + (each.values[index] ?? 0), 0)
      )
  );
  return [positions, ...heights];
}

function options(
  element: HTMLElement,
  labels: readonly string[],
  series: readonly Series[],
  kind: ChartProps['kind'],
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name);
  const axis = {
    stroke: resolved(element, '--ink-soft'),
    font: `12px ${color('--font')}`,
    grid: { stroke: resolved(element, '--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...sizeOf(element),
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: [-0.5, labels.length - 0.5] },
      y: { range: (_, __, max) => [0, Math.max(max * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        values: (_, at) => at.map((index) => labels[index] ?? ''),
      },
      { ...axis, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
    ],
    series: [
      {},
      ...series.map(({ label, color: name }) => {
        const color = resolved(element, name);
        return { label, stroke: color, ...(kind === 'line' ? LINE : { ...BARS, fill: color }) };
      }),
    ],
  };
}

/** A canvas does not support light-dark(), so the browser resolves the colour first. */
function resolved(element: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: HEIGHT };
}
