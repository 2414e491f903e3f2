using System.Security.Cryptography;
using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Keys;

/// <summary>Recognises API keys by one indexed read.</summary>
sealed class ApiKeyAuthenticator(CallerReads reads, ApiKeyUses uses) : IApiKeyAuthenticator
{
    static readonly byte[] NobodysHash = new byte[SHA256.HashSizeInBytes];

    // Not static: it is compiled for the one database that the process runs on, and tests have several.
    readonly Func<FramelaneDbContext, string, IAsyncEnumerable<Candidate>> candidates = EF.CompileAsyncQuery(
        (FramelaneDbContext db, string prefix) =>
            from key in db.ApiKeys
            join workspace in db.Workspaces on key.WorkspaceId equals workspace.Id
            where key.KeyPrefix == prefix && key.RevokedAt == null && workspace.DeletedAt == null
            select new Candidate(key.Id, key.KeyHash, key.LastUsedAt, workspace.Id, workspace.Plan, workspace.EmailVerified, workspace.Epoch));

    public async Task<AuthenticatedKey?> AuthenticateAsync(ApiKeySecret presented, CancellationToken cancellationToken)
    {
        var hash = presented.Hash();
        if (await reads.ReadAsync((db, token) => FindAsync(db, presented.Shown, hash, token), cancellationToken) is not { } key)
            return null;
        uses.Note(key.Id, key.LastUsedAt);
        return new(key.Id, key.WorkspaceId, key.Plan, key.EmailVerified);
    }

    async Task<Candidate?> FindAsync(FramelaneDbContext db, string prefix, byte[] hash, CancellationToken cancellationToken)
    {
        Candidate? found = null;
        var compared = false;
        await foreach (var candidate in candidates(db, prefix).WithCancellation(cancellationToken))
        {
            compared = true;
            if (CryptographicOperations.FixedTimeEquals(candidate.Hash, hash))
                found = candidate;
        }

        // An unknown prefix costs a comparison too.
        if (!compared)
            _ = CryptographicOperations.FixedTimeEquals(NobodysHash, hash);
        return found;
    }

    sealed record Candidate(ApiKeyId Id, byte[] Hash, DateTimeOffset? LastUsedAt, WorkspaceId WorkspaceId, Plan Plan, bool EmailVerified, long Epoch)
        : ICallerRow;
}
