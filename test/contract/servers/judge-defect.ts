import type { ContractReport } from '../../../src/contract/outcome.ts';
import { packagedDocument, runContract } from '../../../src/contract/run.ts';
import type { Audience } from '../../../src/contract/run-view.ts';
import { loadDocument } from '../../../src/openapi/load-document.ts';
import type { Defect } from './defect.ts';
import { API_KEY, honestSteps } from './honest-server.ts';
import { startServer } from './serving.ts';

const document = await loadDocument(packagedDocument());

/** The report on the honest server with one defect, judged as strictly as the mock unless said otherwise. */
export async function judgeDefect(defect: Defect, audience: Audience = 'mock'): Promise<ContractReport> {
  const honest = honestSteps(defect.count ?? 40);
  const steps = { ...honest, ...defect.steps(honest) };
  const sessions = [...steps.sessions];
  const server = await startServer({ ...steps, sessions });
  try {
    return await runContract({
      url: server.url,
      apiKey: API_KEY,
      audience,
      document,
      timeoutMs: 5000,
      deep: defect.deep ?? false,
      maxRequests: 200,
      insertSession: async () => {
        const [newest] = sessions;
        if (newest !== undefined)
          sessions.unshift({ ...newest, id: 'session_new', startTime: '2025-06-01T00:00:00Z' });
      },
      ...(defect.limitedKey === undefined ? {} : { limitedKey: defect.limitedKey }),
      ...(defect.profile === undefined ? {} : { profile: defect.profile }),
      ...(defect.maxP95Ms === undefined ? {} : { maxP95Ms: defect.maxP95Ms }),
    });
  } finally {
    await server.stop();
  }
}

/** Ids of the cases that must fail on a defect and did not, with what failed instead. */
export function missedBy(
  defect: Defect,
  report: ContractReport,
): { readonly missed: readonly string[]; readonly caught: readonly string[] } {
  const caught = report.outcomes
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id }) => id);
  return { missed: (defect.fails ?? []).filter((id) => !caught.includes(id)), caught };
}

/** What a case observed. */
export function observationOf(report: ContractReport, id: string): string | undefined {
  return report.outcomes.find((outcome) => outcome.id === id)?.observed;
}
