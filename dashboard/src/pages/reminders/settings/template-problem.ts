import { forbiddenLink } from '../../../../../shared/sms/links.ts';
import { TEMPLATE_VARIABLES } from '../../../../../shared/sms/template.ts';

/** Why a template cannot be saved: the key of a text in `settings`. */
export type TemplateProblem =
  | { text: 'emptyTemplate' | 'openBrace' }
  | { text: 'unknownVariable' | 'forbiddenLink'; name: string };

/** Finds what the database would refuse, while the template is being typed. */
export function templateProblem(
  template: string,
  allowedLinks: readonly string[],
): TemplateProblem | null {
  if (template.trim() === '') return { text: 'emptyTemplate' };
  const names = [...template.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name = '']) => name.trim());
  const unknown = names.find((name) => !TEMPLATE_VARIABLES.some((known) => known === name));
  if (unknown !== undefined) return { text: 'unknownVariable', name: `{{${unknown}}}` };
  const rest = template.replaceAll(/\{\{[^{}]*\}\}/g, ' ');
  if (/\{\{|\}\}/.test(rest)) return { text: 'openBrace' };
  // A variable is a word, so that what stands beside it cannot make a link of its value.
  const link = forbiddenLink(template.replaceAll(/\{\{[^{}]*\}\}/g, 'xx'), allowedLinks);
  return link === null ? null : { text: 'forbiddenLink', name: link };
}
