/** An input with a label and an optional hint. */
export function Field({ label, type, value, set, hint, min, max, optional = false }: {
  label: string;
  type: 'time' | 'number' | 'date';
  value: string;
  set(value: string): void;
  hint?: string;
  min?: number;
  max?: number;
  optional?: boolean;
}) {
  return (
    <label class='field'>
      <span>{label}</span>
      <input
        type={type}
        min={min}
        max={max}
        required={!optional}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {hint && <small>{hint}</small>}
    </label>
  );
}
