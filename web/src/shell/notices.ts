import { readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { describeProblem } from '../api/describe-problem.ts';

export type Tone = 'neutral' | 'success' | 'warning' | 'error';
type Told = { title: string; description?: string; tone?: Tone };
export type Notice = Told & { id: number; tone: Tone };

/** More at once would cover the page: the oldest gives way. */
const most = 4;
const notices = ref<Notice[]>([]);
let lastId = 0;

/** Short sentences at the edge of the screen. */
export function useNotices(): {
  notices: DeepReadonly<Ref<Notice[]>>;
  tell(notice: Told): void;
  tellProblem(error: unknown): void;
  dismiss(id: number): void;
} {
  const tell = ({ tone = 'neutral', ...told }: Told): void => {
    lastId += 1;
    notices.value = [...notices.value, { ...told, tone, id: lastId }].slice(-most);
  };
  const tellProblem = (error: unknown): void => {
    const { title, wayOut } = describeProblem(error);
    tell({ title, description: wayOut, tone: 'error' });
  };
  const dismiss = (id: number): void => {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  };
  return { notices: readonly(notices), tell, tellProblem, dismiss };
}
