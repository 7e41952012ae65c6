import { describe, expect, test } from 'vitest';
import { fillTemplate, TEMPLATE_VARIABLES } from '../../../shared/sms/template.ts';

const VALUES = {
  when: 'jutro',
  weekday: 'wtorek',
  date: '24.11',
  time: '14:00',
  appointments: '14:00 (Reksio)',
  pets: 'Reksio',
  client: 'Anna',
  salon: 'Psia Łapa',
  phone: 'tel. 501 220 314',
  address: 'ul. Długa 5',
  link: 'https://salon.example/c/#abcdefghijkm',
};

describe('a template', () => {
  test.each(TEMPLATE_VARIABLES)('may use {{%s}}', (name) => {
    expect(fillTemplate(`[{{${name}}}]`, VALUES)).toBe(`[${VALUES[name]}]`);
  });

  test('may use a variable twice, next to another and with space in the braces', () => {
    expect(fillTemplate('{{date}}{{time}} {{ date }}', VALUES)).toBe('24.1114:00 24.11');
  });

  test('may have no variables', () => {
    expect(fillTemplate('Do zobaczenia {jutro}', VALUES)).toBe('Do zobaczenia {jutro}');
  });

  test('is filled with values as they are', () => {
    const values = { ...VALUES, pets: "{{salon}} $& $1 $' }}" };
    expect(fillTemplate('{{pets}} w {{salon}}', values)).toBe("{{salon}} $& $1 $' }} w Psia Łapa");
  });

  test.each([
    ['an unknown variable', 'o {{foo}}'],
    ['a variable in another case', '{{When}}'],
    ['an inherited member', '{{constructor}}'],
    ['no name', '{{}}'],
    ['braces that are not closed', '{{when} {{date}}'],
    ['braces that are not opened', 'when}} {{date}}'],
    ['braces in braces', '{{{{when}}}}'],
  ])('is refused with %s', (_mistake, template) => {
    expect(fillTemplate(template, VALUES)).toBeNull();
  });
});
