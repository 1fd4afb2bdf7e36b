/**
 * A text with a number in it, for which `#` stands, in the form that the language has for that number. Which forms
 * there are is up to `Intl.PluralRules`; `other` stands in for those that are not given.
 */
export function plural(
  language: string,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
