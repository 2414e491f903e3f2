using System.Diagnostics;
using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;

namespace Framelane.Infrastructure.Tests.Postgres;

public sealed class OutageTests
{
    /// <remarks>Slow: a server that is back at once shows nothing of how long processes wait until they look again.</remarks>
    [Test]
    public async Task After_an_outage_keys_are_accepted_and_attempts_made_at_once()
    {
        var server = PostgresServer.Start();
        using var database = new OwnPostgresDatabase(server);
        using var turns = new SemaphoreSlim(0);
        using var receiver = new Receiver().WaitsFor(turns);
        var lifetime = ("Framelane:Webhooks:PermitLifetime", "00:00:01");
        await using var one = await DispatchHost.StartAsync(database, lifetime);
        await using var other = await DispatchHost.StartAsync(database, lifetime, ("Framelane:Roles", "api"));
        DispatchHost[] nodes = [one, other];
        var (webhook, key) = (await one.AddWebhookAsync(receiver.Url), ApiKeySecret.Generate());
        await one.WriteAsync(async db => await db.AddAsync(ApiKey.Create(ApiKeyId.New(one.Clock.GetUtcNow()), webhook.WorkspaceId, "Key", key, one.Clock.GetUtcNow())));
        await one.DeliverAsync(webhook);
        await Eventually.HoldsAsync(() => receiver.Running == 1, "No attempt is made, for which epochs are read.");

        await Task.Run(() => server.Restart("INT", seconds: 13));
        var back = Stopwatch.StartNew();
        turns.Release(2);

        var accepted = await Task.WhenAll(nodes.Select(node => node.Get<IApiKeyAuthenticator>().AuthenticateAsync(key, CancellationToken.None))).InTimeAsync();
        await one.BecomesAsync(await one.DeliverAsync(webhook), DeliveryState.Succeeded);
        Assert.That(accepted, Has.All.Not.Null);
        Assert.That(back.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}
