using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Persistence.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class IdempotencyStoreTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly byte[] Fingerprint = [1, 2, 3];

    [Test]
    public async Task Of_many_requests_at_once_exactly_one_gets_the_key()
    {
        await using var other = NewHost();
        for (var round = 0; round < 10; round++)
        {
            var key = $"key{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ClaimAsync(key, host: i % 2 == 0 ? Host : other))));
            Assert.That(outcomes.Count(outcome => outcome.Kind == IdempotencyOutcomeKind.Claimed), Is.EqualTo(1));
            Assert.That(outcomes.Count(outcome => outcome.Kind == IdempotencyOutcomeKind.InProgress), Is.EqualTo(15));
        }
    }

    [Test]
    public async Task Of_many_that_find_an_expired_lease_exactly_one_takes_it_over()
    {
        await ClaimAsync("key");
        Time.Advance(IdempotencyStore.Lease);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ClaimAsync("key"))));
        Assert.That(outcomes.Count(outcome => outcome.Kind == IdempotencyOutcomeKind.Claimed), Is.EqualTo(1));
    }

    [Test]
    public async Task Scopes_do_not_share_keys()
    {
        Assert.That((await ClaimAsync("key", scope: "a")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
        Assert.That((await ClaimAsync("key", scope: "b")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
    }

    [Test]
    public async Task Keys_that_differ_in_case_are_two()
    {
        await ClaimAsync("key");
        Assert.That((await ClaimAsync("KEY")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
    }

    [Test]
    public async Task Another_body_under_the_same_key_is_a_conflict_while_it_runs_and_after()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        Assert.That((await ClaimAsync("key", fingerprint: [9])).Kind, Is.EqualTo(IdempotencyOutcomeKind.Conflict));
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        Assert.That((await ClaimAsync("key", fingerprint: [9])).Kind, Is.EqualTo(IdempotencyOutcomeKind.Conflict));
    }

    [Test]
    public async Task A_renewed_lease_holds_on()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        Time.Advance(TimeSpan.FromSeconds(50));
        Assert.That(await Store().RenewAsync(claim, CancellationToken.None));
        Time.Advance(TimeSpan.FromSeconds(50));
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.InProgress));
    }

    [Test]
    public async Task A_claim_that_was_taken_over_can_neither_be_renewed_nor_released()
    {
        var lost = (await ClaimAsync("key")).Claim!;
        Time.Advance(IdempotencyStore.Lease);
        await ClaimAsync("key");
        Assert.That(await Store().RenewAsync(lost, CancellationToken.None), Is.False);
        await Store().ReleaseAsync(lost, CancellationToken.None);
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.InProgress));
    }

    [Test]
    public async Task A_released_key_is_free()
    {
        await Store().ReleaseAsync((await ClaimAsync("key")).Claim!, CancellationToken.None);
        Assert.That((await ClaimAsync("key", fingerprint: [9])).Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
    }

    [Test]
    public async Task What_was_committed_is_never_released()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        await Store().ReleaseAsync(claim, CancellationToken.None);
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Replay));
    }

    [Test]
    public async Task An_answer_is_given_again_for_24_hours_and_then_the_key_is_free()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        Time.Advance(IdempotencyStore.Retention - TimeSpan.FromSeconds(1));
        Assert.That((await ClaimAsync("key")).Answer, Is.EqualTo("\"done\""u8.ToArray()));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
    }

    [Test]
    public async Task A_replay_waits_out_the_barrier_once()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        Host.Barrier.Wait = () => Task.FromException(new IOException());
        Assert.That(async () => await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim), Throws.Exception);
        Host.Barrier.Wait = () => Task.CompletedTask;
        await ClaimAsync("key");
        await ClaimAsync("key");
        Assert.That(Host.Barrier.Passed, Is.EqualTo(new[] { (WorkspaceId, 2L) }));
    }

    [Test]
    public async Task A_replay_that_gives_up_at_the_barrier_leaves_it_to_the_next()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        Host.Barrier.Wait = () => Task.FromException(new IOException());
        Assert.That(async () => await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim), Throws.Exception);
        Assert.That(async () => await ClaimAsync("key"), Throws.InstanceOf<IOException>());
        Host.Barrier.Wait = () => Task.CompletedTask;
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Replay));
        Assert.That(Host.Barrier.Passed, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_opens_for_its_own_key_only()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        await Host.WriteAsync(db => db.IdempotencyKeys.ExecuteUpdateAsync(row => row.SetProperty(record => record.Key, "other")));
        Assert.That(async () => await ClaimAsync("other"), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
    }

    [Test]
    public async Task An_answer_that_is_too_old_is_not_given_to_another_body_either()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        Time.Advance(IdempotencyStore.Retention);
        var next = await ClaimAsync("key", fingerprint: [9]);
        Assert.That(next.Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
        Assert.That(next.Claim!.Token, Is.Not.EqualTo(claim.Token));
        Assert.That((await ClaimAsync("key", fingerprint: [9])).Kind, Is.EqualTo(IdempotencyOutcomeKind.InProgress), "nothing of the former answer is left");
    }

    [Test]
    public async Task An_answer_outlives_the_lease_and_the_process_that_gave_it()
    {
        await using (var first = NewHost())
        {
            var claim = (await ClaimAsync("key", host: first)).Claim!;
            await first.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        }

        Time.Advance(IdempotencyStore.Lease * 2);
        Assert.That((await ClaimAsync("key")).Answer, Is.EqualTo("\"done\""u8.ToArray()));
    }

    [Test]
    public async Task A_lease_that_ran_out_but_that_nobody_took_over_still_commits()
    {
        var claim = (await ClaimAsync("key")).Claim!;
        Time.Advance(IdempotencyStore.Lease * 2);
        Assert.That((await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim)).IsSuccess);
        Assert.That((await ClaimAsync("key")).Kind, Is.EqualTo(IdempotencyOutcomeKind.Replay));
    }

    IIdempotencyStore Store() => Host.Get<IIdempotencyStore>();

    Task<IdempotencyOutcome> ClaimAsync(string key, string scope = "scope", byte[]? fingerprint = null, TestHost? host = null) =>
        (host ?? Host).Get<IIdempotencyStore>().ClaimAsync(scope, key, fingerprint ?? Fingerprint, CancellationToken.None);
}
