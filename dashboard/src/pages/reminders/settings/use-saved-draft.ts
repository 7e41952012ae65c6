import { useRef } from 'preact/hooks';
import { useDraft } from '../../../data/use-draft.ts';
import { useFormMutation } from '../../../data/use-form-mutation.ts';

/**
 * A draft, and how it is saved. What is changed while it is being saved stays in the draft.
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
  const { draft, changes, isChanged, change, discard } = useDraft(name, stored);
  const latest = useRef(changes);
  latest.current = changes;
  const sent = useRef(changes);
  const saving = useFormMutation({
    mutationFn: () => {
      sent.current = changes;
      return save(draft);
    },
    onSuccess: async (saved) => {
      await onSaved(saved);
      if (latest.current === sent.current) discard();
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
