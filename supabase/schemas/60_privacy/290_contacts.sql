-- What identifies a client in texts. See private.unique_contacts.

create type private.contacts as (
  phone text,
  email text,
  hint text,
  pattern text
);
comment on type private.contacts is
  'phone: E.164. email: in lower case. pattern: the regular expression that finds either in a '
  'text; null if both are null. hint: one that finds at least the same, and is forty times '
  'as fast.';
