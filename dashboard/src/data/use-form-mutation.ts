import { useMutation } from '@tanstack/preact-query';

/** A mutation that a form makes. The form shows its error, so `submit` never rejects. */
export function useFormMutation<Data>(options: {
  mutationFn(): Promise<Data>;
  onSuccess?(data: Data): unknown;
}) {
  const mutation = useMutation<Data>(options);
  return {
    ...mutation,
    submit: async () => {
      await mutation.mutateAsync().catch(() => {});
    },
  };
}
