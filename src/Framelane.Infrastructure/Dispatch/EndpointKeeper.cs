using System.Collections.Concurrent;
using System.Threading.Channels;
using Framelane.Application.Webhooks;
using Framelane.Application.Webhooks.Disable;
using Framelane.Domain.Webhooks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Keeps account of how endpoints do, and has those disabled that are gone or have failed for too long.</summary>
sealed class EndpointKeeper(IServiceScopeFactory scopes, TimeProvider time, IOptions<WebhooksOptions> options, ILogger<EndpointKeeper> logger)
    : BackgroundService
{
    /// <summary>An endpoint that does well is written down once in this time; its last delivery is told to within as much.</summary>
    static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than an attempt takes.</summary>
    static readonly TimeSpan LongestAnswer = TimeSpan.FromHours(1);

    readonly SemaphoreSlim endings = new(2);

    readonly ConcurrentDictionary<string, (long WrittenAt, bool Succeeded)> written = new();

    /// <summary>
    /// Until when attempts say nothing new of a webhook that is to be disabled, or was, and, where it was gone, of that url: all that began before. By the time
    /// of their answers its owner may have enabled it again.
    /// </summary>
    readonly ConcurrentDictionary<(WebhookId, string?), DateTimeOffset> handled = new();

    readonly Channel<DisableWebhookCommand> toDisable = Channel.CreateUnbounded<DisableWebhookCommand>(new() { SingleReader = true });

    /// <summary>One line for each webhook of the batch. Pings count for nothing.</summary>
    public static IReadOnlyList<EndpointTally> Tally(IReadOnlyList<FinishedAttempt> finished)
    {
        Dictionary<string, EndpointTally> tallies = [];
        foreach (var attempt in finished)
        {
            if (attempt.Delivery is not { WebhookId: { } webhookId, OneShot: false })
                continue;
            var known = tallies.GetValueOrDefault(webhookId);
            tallies[webhookId] = new(
                webhookId,
                attempt.Delivery.WorkspaceId,
                attempt.StartedAt > known.LastAt ? attempt.StartedAt : known.LastAt,
                known.AnySucceeded || attempt.Result.IsSuccess);
        }

        return [.. tallies.Values];
    }

    /// <summary>One line for each webhook, as if all had been one batch.</summary>
    public static IReadOnlyList<EndpointTally> Join(IReadOnlyList<EndpointTally> earlier, IReadOnlyList<EndpointTally> tallies) => earlier.Count == 0
        ? tallies
        :
        [
            .. earlier.Concat(tallies).GroupBy(tally => tally.WebhookId).Select(of => of.First() with
            {
                LastAt = of.Max(tally => tally.LastAt),
                AnySucceeded = of.Any(tally => tally.AnySucceeded),
            }),
        ];

    /// <summary>Those that are worth writing: a change between success and failure at once, the rest now and then.</summary>
    public IReadOnlyList<EndpointTally> Due(IReadOnlyList<EndpointTally> tallies)
    {
        var now = time.GetTimestamp();
        List<EndpointTally> due = [];
        foreach (var tally in tallies)
        {
            if (written.TryGetValue(tally.WebhookId, out var last)
                && last.Succeeded == tally.AnySucceeded
                && time.GetElapsedTime(last.WrittenAt, now) < WriteInterval)
                continue;
            written[tally.WebhookId] = (now, tally.AnySucceeded);
            due.Add(tally);
        }

        if (written.Count > 10_000)
            written.Clear();
        return due;
    }

    /// <summary>Looks at what was recorded for reasons to disable.</summary>
    public void Consider(IReadOnlyList<FinishedAttempt> finished, IReadOnlyList<(EndpointTally Endpoint, DateTimeOffset Since)> failing)
    {
        foreach (var attempt in finished)
        {
            if (attempt.Result.IsGone && attempt.Delivery is { WebhookId: { } webhookId, OneShot: false })
                Disable(new(attempt.Delivery.WorkspaceId, WebhookId.FromStored(webhookId), DisabledReasons.Gone, null, attempt.Target.OriginalString), attempt.StartedAt);
        }

        var before = time.GetUtcNow() - options.Value.DisableAfter;
        foreach (var (endpoint, since) in failing)
        {
            if (since <= before)
                Disable(new(endpoint.WorkspaceId, WebhookId.FromStored(endpoint.WebhookId), DisabledReasons.Failing, before, null), endpoint.LastAt);
        }
    }

    public override void Dispose()
    {
        endings.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> ending = [];
        try
        {
            await foreach (var command in toDisable.Reader.ReadAllAsync(stoppingToken))
            {
                ending.RemoveAll(rest => rest.IsCompleted);
                if (await TryDisableAsync(command, stoppingToken))
                    ending.Add(EndWaitingAsync(command, stoppingToken));
                Forget();
            }
        }
        finally
        {
            await Task.WhenAll(ending);
        }
    }

    void Disable(DisableWebhookCommand command, DateTimeOffset startedAt)
    {
        if (handled.TryGetValue(KeyOf(command), out var until) && startedAt <= until)
            return;
        handled[KeyOf(command)] = DateTimeOffset.MaxValue;
        toDisable.Writer.TryWrite(command);
    }

    async Task<bool> TryDisableAsync(DisableWebhookCommand command, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var disabled = await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, stoppingToken);
            handled[KeyOf(command)] = time.GetUtcNow();
            return disabled.Value;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // The next attempt at it gives the same reason again.
            handled.TryRemove(KeyOf(command), out _);
            logger.LogWarning(failure, "Webhook {WebhookId} could not be disabled.", command.WebhookId);
            return false;
        }
    }

    /// <remarks>Beside all else, for it may take long; few at once, for each slice holds up others' writes.</remarks>
    async Task EndWaitingAsync(DisableWebhookCommand command, CancellationToken stoppingToken)
    {
        await endings.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
            return;
        try
        {
            await EndAllAsync(command, stoppingToken);
        }
        finally
        {
            endings.Release();
        }
    }

    async Task EndAllAsync(DisableWebhookCommand command, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PendingDeliveries>().EndAllAsync(command.WorkspaceId, command.WebhookId, stoppingToken);
    }

    void Forget()
    {
        var old = time.GetUtcNow() - LongestAnswer;
        foreach (var (key, until) in handled)
        {
            if (until < old)
                handled.TryRemove(key, out _);
        }
    }

    static (WebhookId, string?) KeyOf(DisableWebhookCommand command) => (command.WebhookId, command.GoneFrom);
}
