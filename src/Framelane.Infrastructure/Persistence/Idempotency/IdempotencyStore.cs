using System.Security.Cryptography;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Idempotency;

/// <summary>Keys as leased rows: read under a lock that covers absent rows too, then inserted or taken over in the same transaction.</summary>
sealed class IdempotencyStore(
    IDbContextFactory<FramelaneDbContext> contexts,
    IDatabaseProvider provider,
    DatabaseWriter writer,
    AnswerKeeper answers,
    MasterKey master,
    IEpochBarrier barrier,
    TimeProvider time) : IIdempotencyStore
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long an answer is given again.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    static readonly IdempotencyOutcome InProgress = new(IdempotencyOutcomeKind.InProgress);

    public async Task<IdempotencyOutcome> ClaimAsync(string scope, string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        fingerprint = Keyed(fingerprint);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var (outcome, record) = await writer.ExecuteAsync(db, token => TryClaimAsync(db, scope, key, fingerprint, token), cancellationToken);
            return outcome ?? await ReplayAsync(record, cancellationToken);
        }
        catch (DbUpdateException failure) when (provider.IsDuplicateKey(failure))
        {
            // Somebody inserted it in this instant all the same, and is at work on it.
            return InProgress;
        }
    }

    public async Task<bool> RenewAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var until = time.GetUtcNow() + Lease;
        return 1 == await writer.ExecuteAsync(
            token => db.IdempotencyKeys.HeldUnder(claim)
                .ExecuteUpdateAsync(row => row.SetProperty(record => record.LeaseExpiresAt, until), token),
            cancellationToken);
    }

    public async Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await writer.ExecuteAsync(token => db.IdempotencyKeys.HeldUnder(claim).ExecuteDeleteAsync(token), cancellationToken);
    }

    async Task<((IdempotencyOutcome? Outcome, IdempotencyRecord Record), bool Keep)> TryClaimAsync(
        FramelaneDbContext db,
        string scope,
        string key,
        byte[] fingerprint,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = await provider.LockIdempotencyKeyAsync(db, scope, key, cancellationToken);
        if (record is null)
            db.IdempotencyKeys.Add(record = NewRecord(scope, key, fingerprint, now));
        else if (IsOver(record, now))
            TakeOver(record, fingerprint, now);
        else if (!CryptographicOperations.FixedTimeEquals(record.Fingerprint, fingerprint))
            return ((new(IdempotencyOutcomeKind.Conflict), record), false);
        else if (record.Answer is null)
            return ((InProgress, record), false);
        else
            return ((null, record), false);
        return ((new(IdempotencyOutcomeKind.Claimed, new(scope, key, record.Token)), record), true);
    }

    /// <remarks>A body can hold as little as a code of six digits besides what is known: a bare digest of it would tell the code.</remarks>
    byte[] Keyed(byte[] fingerprint) => HMACSHA256.HashData(master.Derive("idempotency-fingerprint v1"), fingerprint);

    /// <summary>Whether nobody holds the key any more: its request died and committed nothing, or its answer is too old.</summary>
    static bool IsOver(IdempotencyRecord record, DateTimeOffset now) =>
        record.Answer is null ? record.LeaseExpiresAt <= now : record.CreatedAt <= now - Retention;

    /// <remarks>
    /// The token is random: were it counted, a key that is released and claimed anew could give out the token of a request that lost its
    /// lease long ago and still runs.
    /// </remarks>
    static long NewToken() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    static IdempotencyRecord NewRecord(string scope, string key, byte[] fingerprint, DateTimeOffset now) => new()
    {
        Scope = scope,
        Key = key,
        Fingerprint = fingerprint,
        Token = NewToken(),
        CreatedAt = now,
        LeaseExpiresAt = now + Lease,
    };

    static void TakeOver(IdempotencyRecord record, byte[] fingerprint, DateTimeOffset now)
    {
        (record.Fingerprint, record.Token, record.CreatedAt, record.LeaseExpiresAt) = (fingerprint, NewToken(), now, now + Lease);
        (record.Answer, record.BarrierWorkspaceId, record.BarrierEpoch, record.BarrierPassed) = (null, null, null, false);
    }

    /// <remarks>The first caller may have died before the barrier was passed: what is answered again has to hold as much.</remarks>
    async Task<IdempotencyOutcome> ReplayAsync(IdempotencyRecord record, CancellationToken cancellationToken)
    {
        if (!record.BarrierPassed && record is { BarrierWorkspaceId: WorkspaceId workspaceId, BarrierEpoch: long epoch })
        {
            await barrier.PassAsync(workspaceId, epoch, cancellationToken);
            await answers.MarkBarrierPassedAsync(new(record.Scope, record.Key, record.Token));
        }

        return new(IdempotencyOutcomeKind.Replay, Answer: answers.Reveal(record.Scope, record.Key, record.Answer!));
    }
}
