import { useFormMutation } from '../../../data/use-form-mutation.ts';
import { useDraft } from './use-draft.ts';

/**
 * A draft, and how it is saved.
 *
 * @param name What it is a draft of.
 * @param onSaved Loads or shows what was stored, before the draft goes.
 */
export function useSavedDraft<Draft extends object, Saved>({ name, stored, save, onSaved }: {
  name: string;
  stored: Draft;
  save(draft: Draft): Promise<Saved>;
  onSaved(saved: Saved): unknown;
}) {
  const { draft, isChanged, change, discard } = useDraft(name, stored);
  const saving = useFormMutation({
    mutationFn: () => save(draft),
    onSuccess: async (saved) => {
      await onSaved(saved);
      discard();
    },
  });
  return {
    draft,
    isChanged,
    discard,
    saving,
    change: (part: Partial<Draft>) => {
      saving.reset();
      change(part);
    },
  };
}
