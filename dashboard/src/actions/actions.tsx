import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { useCalendar } from '../data/backend.tsx';
import { ownMember } from '../../../shared/json/records.ts';
import { useT } from '../i18n/use-language.tsx';
import { useLateFailure } from './late-failure.tsx';
import { type Restore, showChange } from '../data/show-change.ts';

/** A change to one row, and what the page shows until the database has made it. */
export type Step = {
  run(calendar: Calendar): Promise<unknown>;
  shows?: { rowId: string; change: Readonly<Record<string, unknown>> };
};

/** `done` says that a change was made, `undo` takes it back. */
type Done = { done: string; undo?: Step };

/** A change that somebody asks for. What is said of it may depend on what `run` returned. */
export type Action = Step & (Done | { doneWith(result: unknown): Done });

/** What came of the last action. */
export type Outcome =
  | { kind: 'done'; text: string; undo: Step | null }
  | { kind: 'failed'; error: Error };

type Actions = {
  outcome: Outcome | null;
  /** While an action is being made; another one is ignored. */
  isBusy: boolean;
  /** Returns whether the action was made. */
  act(action: Action): Promise<boolean>;
  forget(): void;
};

const ActionsContext = createContext<Actions | null>(null);

/** Makes actions for what is inside, one at a time, and keeps what came of the last one. */
export function ActionsProvider({ children }: { children: ComponentChildren }) {
  const t = useT();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const reportLate = useLateFailure();
  const isGone = useRef(false);
  useEffect(() => () => {
    isGone.current = true;
  }, []);
  // Known at once, where the state is known with the next drawing only.
  const busy = useRef(false);
  const { mutateAsync, isPending: isBusy } = useMutation<unknown, Error, Step, Restore | undefined>(
    {
      mutationFn: ({ run }) => run(calendar),
      onMutate: async ({ shows }) => {
        if (!shows) return undefined;
        // An answer under way would show the state before.
        await queries.cancelQueries();
        return showChange(queries, shows.rowId, shows.change);
      },
      onError: (_error, _step, restore) => restore?.(),
      onSettled: () => void queries.invalidateQueries(),
    },
  );
  const actions: Actions = {
    outcome,
    isBusy,
    forget: () => setOutcome(null),
    act: async (action) => {
      if (busy.current) return false;
      busy.current = true;
      reportLate(null);
      setOutcome(null);
      try {
        const result = await mutateAsync(action);
        const { done, undo = null } = 'doneWith' in action ? action.doneWith(result) : action;
        const text = isShown(result) ? done : `${done} ${t('act.later')}`;
        setOutcome({ kind: 'done', text, undo });
        return true;
      } catch (error) {
        const failure = error instanceof Error ? error : new Error();
        if (isGone.current) reportLate(failure);
        else setOutcome({ kind: 'failed', error: failure });
        return false;
      } finally {
        busy.current = false;
      }
    },
  };
  return <ActionsContext.Provider value={actions}>{children}</ActionsContext.Provider>;
}

/** The actions of the surrounding provider. */
export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (actions === null) throw new Error('useActions() outside of ActionsProvider');
  return actions;
}

/** Whether the page shows the result; what Cal.com has only just accepted may take a moment. */
function isShown(result: unknown): boolean {
  return ownMember(result, 'shown') !== false;
}
