/** The variables that a salon can use in the text of its reminders, between double braces. */
export const TEMPLATE_VARIABLES = [
  'when',
  'weekday',
  'date',
  'time',
  'appointments',
  'pets',
  'client',
  'salon',
  'phone',
  'address',
  'link',
] as const;

export type TemplateVariable = typeof TEMPLATE_VARIABLES[number];

export type TemplateValues = Record<TemplateVariable, string>;

const PLACEHOLDER = /\{\{([^{}]*)\}\}/;

/**
 * Replaces each `{{variable}}` of the template with its value, in which braces have no meaning.
 * Null if the template has an unknown variable or stray double braces.
 */
export function fillTemplate(template: string, values: TemplateValues): string | null {
  // Splitting by a pattern with a group gives texts and variables in turn.
  const parts = template.split(PLACEHOLDER).map((part, index) =>
    index % 2 === 0 ? literal(part) : valueNamed(part.trim(), values)
  );
  return parts.includes(null) ? null : parts.join('');
}

function literal(text: string): string | null {
  return /\{\{|\}\}/.test(text) ? null : text;
}

function valueNamed(name: string, values: TemplateValues): string | null {
  const variable = TEMPLATE_VARIABLES.find((known) => known === name);
  return variable === undefined ? null : values[variable];
}
