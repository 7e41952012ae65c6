/** What a salon can write between double braces in the text of its reminder. */
export const TEMPLATE_VARIABLES = [
  'when',
  'weekday',
  'date',
  'time',
  'appointments',
  'pets',
  'client',
  'salon',
  'address',
] as const;

export type TemplateVariable = typeof TEMPLATE_VARIABLES[number];

export type TemplateValues = Record<TemplateVariable, string>;

const PLACEHOLDER = /\{\{([^{}]*)\}\}/;

/**
 * Puts the values where the template has their `{{names}}`. Braces inside a value mean nothing.
 * Null when the template names an unknown variable or has double braces that name none.
 */
export function fillTemplate(template: string, values: TemplateValues): string | null {
  // Split by a pattern with a group, every other part is what stood between braces.
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
