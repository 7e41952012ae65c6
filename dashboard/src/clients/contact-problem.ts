/** What is wrong with a contact that somebody typed. */
export type ContactProblem = 'phone' | 'email';

/** Fewer digits are no number that can be called; E.164 has at most 15. */
const PHONE = /^(?:[\s()./-]*\d){7,15}[\s()./-]*$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The first problem of a contact; an e-mail address may be missing. Null if there is none. */
export function contactProblem(phone: string, email: string): ContactProblem | null {
  if (!PHONE.test(phone.trim().replace(/^\+/, ''))) return 'phone';
  return email.trim() === '' || EMAIL.test(email.trim()) ? null : 'email';
}
