/** The lists' draft inside React. */
import { useStore } from 'zustand';
import { type AccessDraft, accessDraft, draftSize } from './access-draft.ts';

export function useAccessDraft(): AccessDraft {
  return useStore(accessDraft);
}

export function useDraftSize(): number {
  return useStore(accessDraft, draftSize);
}
