using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks.Update;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>All connections of requests wait for one workspace's row.</summary>
public sealed class CrowdedPoolTests
{
    const int Connections = 2;

    [Test]
    public async Task Others_keys_are_accepted_and_their_attempts_made()
    {
        using var database = new PostgresDatabase();
        using var receiver = new Receiver();
        await using var outside = new TestHost(database);
        await using var host = await DispatchHost.StartAsync(
            database,
            ("Framelane:Database:ConnectionString", $"{database.ConnectionString};Maximum Pool Size={Connections}"),
            ("Framelane:Webhooks:PermitLifetime", "00:00:01"));
        var webhook = await host.AddWebhookAsync(receiver.Url);
        var (other, key) = (await host.AddWorkspaceAsync(), ApiKeySecret.Generate());
        await outside.WriteAsync(async db => await db.AddAsync(ApiKey.Create(ApiKeyId.New(host.Clock.GetUtcNow()), other, "Key", key, host.Clock.GetUtcNow())));
        var happened = WebhookEvent.Create(EventId.New(host.Clock.GetUtcNow()), other, "render.completed", null, 1, [1], host.Clock.GetUtcNow());
        var delivery = Delivery.ToWebhook(happened, await host.AddWebhookAsync(receiver.Url, other), oneShot: false, host.Clock.GetUtcNow());

        await using var row = await database.HoldWorkspaceAsync(webhook.WorkspaceId.Value);
        var changes = Enumerable.Range(0, Connections)
            .Select(i => host.SendAsync(new UpdateWebhookCommand(Actor.System(webhook.WorkspaceId), webhook.Id.Value, new() { Description = new($"{i}") })))
            .ToArray();
        await outside.AreAwaitedAsync(Connections);

        var accepted = await host.Get<IApiKeyAuthenticator>().AuthenticateAsync(key, CancellationToken.None).InTimeAsync();
        await outside.WriteAsync(async db => await db.AddRangeAsync([happened, delivery]));
        await Eventually.HoldsAsync(
            () => outside.ReadAsync(async db => (await db.Deliveries.AsNoTracking().SingleAsync()).State == DeliveryState.Succeeded), "It was not delivered.");

        Assert.That(accepted?.WorkspaceId, Is.EqualTo(other));
        Assert.That(changes.Select(change => change.IsCompleted), Has.All.False);
        await row.LetGoAsync();
        await Task.WhenAll(changes).InTimeAsync();
    }
}
