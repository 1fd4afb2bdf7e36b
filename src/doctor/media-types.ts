/** Whether browsers run what comes with this type as a module. */
export function isScriptType(type: string | null): boolean {
  return /^(text|application)\/(x-)?(java|ecma)script\b/i.test(type ?? '');
}
