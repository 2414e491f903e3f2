using System.Collections.Concurrent;
using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Idempotency;

/// <summary>Remembers answers, all of them encrypted: some hold a secret, and whoever adds one should not have to think of it.</summary>
sealed class AnswerKeeper(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IDataProtectionProvider protection,
    ILogger<AnswerKeeper> logger) : IAsyncDisposable
{
    /// <summary>A stop waits no longer for a database that does not answer: a mark that is lost costs a replay's time only.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<Task, IdempotencyClaim> marks = [];

    /// <summary>Writes the answer under the claim, in the context's transaction.</summary>
    /// <returns>Whether the claim was still held; if not, the transaction must not be kept.</returns>
    public async Task<bool> RememberAsync<T>(
        FramelaneDbContext db,
        IdempotencyClaim claim,
        T answer,
        IReadOnlyList<RaisedEpoch> raised,
        CancellationToken cancellationToken)
    {
        if (raised.Count > 1)
            throw new InvalidOperationException("One request changes one workspace.");
        var sealedAnswer = Protector(claim.Scope, claim.Key).Protect(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options));
        RaisedEpoch? barrier = raised.Count == 0 ? null : raised[0];
        return 1 == await db.IdempotencyKeys.HeldUnder(claim).ExecuteUpdateAsync(
            row => row
                .SetProperty(record => record.Answer, sealedAnswer)
                .SetProperty(record => record.BarrierWorkspaceId, barrier?.WorkspaceId)
                .SetProperty(record => record.BarrierEpoch, barrier?.Epoch),
            cancellationToken);
    }

    public byte[] Reveal(string scope, string key, byte[] sealedAnswer) => Protector(scope, key).Unprotect(sealedAnswer);

    /// <summary>Spares replays the wait. Where it fails they wait once more, which costs time only.</summary>
    public async Task MarkBarrierPassedAsync(IdempotencyClaim claim)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            await writer.ExecuteAsync(
                token => db.IdempotencyKeys
                    .Where(record => record.Scope == claim.Scope && record.Key == claim.Key && record.Token == claim.Token)
                    .ExecuteUpdateAsync(row => row.SetProperty(record => record.BarrierPassed, true), token),
                CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "That a rotation barrier was passed could not be noted.");
        }
    }

    /// <summary>The same, not waited for: the answer is true without it. On another thread, for a call into SQLite blocks.</summary>
    public void MarkBarrierPassedSoon(IdempotencyClaim claim)
    {
        var mark = Task.Run(() => MarkBarrierPassedAsync(claim), CancellationToken.None);
        marks.TryAdd(mark, claim);
        _ = mark.ContinueWith(ended => marks.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Ends once all that is on its way is written, so that nothing of it outlives the process's other services.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(marks.Keys).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    IDataProtector Protector(string scope, string key) => protection.ForAnswer(scope, key);
}

static class AnswerProtection
{
    /// <summary>What encrypts the answer that is remembered under a key, and opens no other one.</summary>
    public static IDataProtector ForAnswer(this IDataProtectionProvider protection, string scope, string key) =>
        protection.CreateProtector("Framelane.IdempotentAnswer", scope, key);
}
