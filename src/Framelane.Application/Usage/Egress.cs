using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Usage;

/// <summary>A file's size counts each time that a signed URL for it is issued (contract/api.md, "Plans").</summary>
static class Egress
{
    /// <returns>The address, once it is counted.</returns>
    public static Task<Result<Uri>> GiveOutAsync(
        this IUnitOfWork unitOfWork, IUsageLedger ledger, WorkspaceId workspaceId, long bytes, TimeProvider time, Func<Uri> sign, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<Uri>(
            async token =>
            {
                if (UsageEntry.OfEgress(workspaceId, bytes, time.GetUtcNow()) is { } used)
                    await ledger.AddEgressAsync(used, token);
                return sign();
            },
            cancellationToken);
}
