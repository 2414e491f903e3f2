using System.Text;
using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class UnitOfWorkTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task What_succeeds_is_kept()
    {
        var webhook = NewWebhook();
        var result = await Host.WriteAsync<int>((services, _) => Add(services, webhook, 7));
        Assert.That(result.Value, Is.EqualTo(7));
        Assert.That(await WebhooksAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_what_gives_an_error_nothing_is_kept()
    {
        var result = await Host.WriteAsync<int>(async (services, _) =>
        {
            await Add(services, NewWebhook(), 7);
            return Error.Conflict("No.");
        });
        Assert.That(result.Error?.Code, Is.EqualTo("conflict"));
        Assert.That(await WebhooksAsync(), Is.Zero);
    }

    [Test]
    public async Task What_a_statement_wrote_before_an_error_is_rolled_back()
    {
        await AddWebhookAsync();
        await Host.WriteAsync<int>(async (services, token) =>
        {
            await services.GetRequiredService<Infrastructure.Persistence.FramelaneDbContext>().Webhooks.ExecuteDeleteAsync(token);
            return Error.Conflict("No.");
        });
        Assert.That(await WebhooksAsync(), Is.EqualTo(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_was_not_kept_is_not_saved_by_the_next_unit_of_work_of_the_request(bool throws)
    {
        await using var scope = Host.Scope();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        try
        {
            await unitOfWork.ExecuteAsync<int>(
                async _ =>
                {
                    await Add(scope.ServiceProvider, NewWebhook(), 0);
                    return throws ? throw new NotSupportedException() : Error.Conflict("No.");
                },
                CancellationToken.None);
        }
        catch (NotSupportedException)
        {
        }

        await unitOfWork.ExecuteAsync<int>(_ => Add(scope.ServiceProvider, NewWebhook(), 0), CancellationToken.None);
        Assert.That(await WebhooksAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_caller_that_gives_up_before_the_commit_keeps_nothing()
    {
        using var caller = new CancellationTokenSource();
        var work = Host.WriteAsync<int>(
            async (services, _) =>
            {
                await Add(services, NewWebhook(), 0);
                await caller.CancelAsync();
                return 1;
            },
            cancellationToken: caller.Token);
        Assert.That(async () => await work, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await WebhooksAsync(), Is.Zero);
    }

    [Test]
    public async Task Events_are_published_after_the_commit()
    {
        long seen = 0;
        await using var host = HostWith(async _ => seen = await Host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Epoch).SingleAsync()));
        await host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token));
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public async Task Events_of_what_was_not_kept_are_not_published()
    {
        var published = 0;
        await using var host = HostWith(_ => Task.FromResult(published++));
        await host.WriteAsync<string>(async (services, token) =>
        {
            await RotateAsync(services, WorkspaceId, token);
            return Error.Conflict("No.");
        });
        Assert.That(published, Is.Zero);
        Assert.That(host.Barrier.Passed, Is.Empty);
    }

    [Test]
    public async Task A_handler_that_fails_is_logged_and_fails_nothing()
    {
        await using var host = HostWith(_ => throw new InvalidOperationException("deaf"));
        var result = await host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token));
        Assert.That(result.IsSuccess);
        Assert.That(host.Log.Lines, Has.Some.Contains("deaf"));
        Assert.That(host.Barrier.Passed, Is.EqualTo(new[] { (WorkspaceId, 2L) }));
    }

    [Test]
    public async Task The_answer_waits_for_the_barrier_even_if_the_caller_no_longer_does()
    {
        var open = new TaskCompletionSource();
        var waiting = new TaskCompletionSource();
        Host.Barrier.Wait = () =>
        {
            waiting.SetResult();
            return open.Task;
        };
        using var caller = new CancellationTokenSource();
        var rotation = Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), cancellationToken: caller.Token);
        await waiting.Task;
        await caller.CancelAsync();
        Assert.That(rotation.IsCompleted, Is.False);
        Assert.That(await EpochAsync(), Is.EqualTo(2), "the commit is before the barrier");
        open.SetResult();
        Assert.That((await rotation).IsSuccess);
    }

    [Test]
    public async Task Several_changes_of_one_transaction_pass_the_barrier_once_for_the_highest_epoch()
    {
        await Host.WriteAsync(async (services, token) =>
        {
            await RotateAsync(services, WorkspaceId, token);
            return await RotateAsync(services, WorkspaceId, token);
        });
        Assert.That(Host.Barrier.Passed, Is.EqualTo(new[] { (WorkspaceId, 3L) }));
    }

    [Test]
    public async Task Changes_of_one_workspace_are_made_one_after_the_other()
    {
        const int Rotations = 24;
        await using var other = NewHost();
        var secrets = await Task.WhenAll(Enumerable.Range(0, Rotations).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Host : other).WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token)))));
        Assert.That(secrets.Select(secret => secret.Value).Distinct().Count(), Is.EqualTo(Rotations));
        Assert.That(await EpochAsync(), Is.EqualTo(1 + Rotations));
        Assert.That(
            Host.Barrier.Passed.Concat(other.Barrier.Passed).Select(passed => passed.Epoch).Order(),
            Is.EqualTo(Enumerable.Range(2, Rotations).Select(epoch => (long)epoch)));
    }

    [Test]
    public async Task The_answer_is_remembered_in_the_transaction_that_it_is_the_answer_to()
    {
        var claim = await ClaimAsync();
        var secret = await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim);
        await Eventually.HoldsAsync(() => Host.ReadAsync(db => db.IdempotencyKeys.AllAsync(record => record.BarrierPassed)));
        var again = await Host.Get<IIdempotencyStore>().ClaimAsync("scope", "key", [1], CancellationToken.None);
        Assert.That(again.Kind, Is.EqualTo(IdempotencyOutcomeKind.Replay));
        Assert.That(JsonSerializer.Deserialize<string>(again.Answer), Is.EqualTo(secret.Value));
        Assert.That(Host.Barrier.Passed, Has.Count.EqualTo(1), "the first request has passed it");
    }

    [Test]
    public async Task A_process_that_stops_has_noted_by_then_that_the_barrier_was_passed()
    {
        var claim = await ClaimAsync();
        await using (var other = NewHost())
            await other.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim);
        Assert.That(await Host.ReadAsync(db => db.IdempotencyKeys.AllAsync(record => record.BarrierPassed)));
    }

    [Test]
    public async Task A_claim_that_was_taken_over_commits_nothing()
    {
        var lost = await ClaimAsync();
        Time.Advance(TimeSpan.FromSeconds(61));
        var taker = await ClaimAsync();
        Assert.That(taker.Token, Is.Not.EqualTo(lost.Token));

        var result = await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), lost);
        Assert.That(result.Error?.Code, Is.EqualTo("idempotency_in_progress"));
        Assert.That(await EpochAsync(), Is.EqualTo(1));
        Assert.That(Host.Barrier.Passed, Is.Empty);

        Assert.That((await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), taker)).IsSuccess);
        Assert.That(await EpochAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_released_key_that_is_claimed_anew_is_not_the_claim_of_a_request_that_lost_it()
    {
        var lost = await ClaimAsync();
        Time.Advance(TimeSpan.FromSeconds(61));
        await Host.Get<IIdempotencyStore>().ReleaseAsync(await ClaimAsync(), CancellationToken.None);
        await ClaimAsync();
        var result = await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), lost);
        Assert.That(result.IsSuccess, Is.False);
    }

    [Test]
    public async Task A_process_that_dies_between_the_commit_and_the_barrier_leaves_the_barrier_to_the_replay()
    {
        var claim = await ClaimAsync();
        Host.Barrier.Wait = () => Task.FromException(new IOException("the process died here"));
        Assert.That(
            async () => await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim),
            Throws.InstanceOf<IOException>());
        await using var survivor = NewHost();
        var replay = await survivor.Get<IIdempotencyStore>().ClaimAsync("scope", "key", [1], CancellationToken.None);
        Assert.That(replay.Kind, Is.EqualTo(IdempotencyOutcomeKind.Replay));
        Assert.That(Encoding.UTF8.GetString(replay.Answer!), Does.StartWith("\"whsec_"));
        Assert.That(survivor.Barrier.Passed, Is.EqualTo(new[] { (WorkspaceId, 2L) }));
        Assert.That(await EpochAsync(), Is.EqualTo(2), "a replay rotates nothing");
    }

    [Test]
    public async Task An_answer_is_committed_before_the_context_says_so()
    {
        var claim = await ClaimAsync();
        await using var scope = Host.Scope();
        var context = scope.ServiceProvider.GetRequiredService<IdempotencyContext>();
        context.Claim = claim;
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        await unitOfWork.ExecuteAsync<int>(_ => Task.FromResult<Result<int>>(Error.Conflict("No.")), CancellationToken.None);
        Assert.That(context.Committed, Is.False);
        await unitOfWork.ExecuteAsync<int>(_ => Task.FromResult<Result<int>>(1), CancellationToken.None);
        Assert.That(context.Committed);
    }

    static Task<Result<int>> Add(IServiceProvider services, Domain.Webhooks.Webhook webhook, int answer)
    {
        services.GetRequiredService<IWebhookRepository>().Add(webhook);
        return Task.FromResult<Result<int>>(answer);
    }

    TestHost HostWith(Func<SecretRotated, Task> handler) => NewHost(services =>
        services.AddSingleton<INotificationHandler<DomainEventNotification<SecretRotated>>>(new Listener(handler)));

    async Task<IdempotencyClaim> ClaimAsync()
    {
        var outcome = await Host.Get<IIdempotencyStore>().ClaimAsync("scope", "key", [1], CancellationToken.None);
        Assert.That(outcome.Kind, Is.EqualTo(IdempotencyOutcomeKind.Claimed));
        return outcome.Claim!;
    }

    Task<int> WebhooksAsync() => Host.ReadAsync(db => db.Webhooks.CountAsync());

    Task<long> EpochAsync() => Host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Epoch).SingleAsync());

    sealed class Listener(Func<SecretRotated, Task> handler) : INotificationHandler<DomainEventNotification<SecretRotated>>
    {
        public Task Handle(DomainEventNotification<SecretRotated> notification, CancellationToken cancellationToken) => handler(notification.Event);
    }
}
