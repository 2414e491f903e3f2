using System.Net;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Webhooks that are made, pointed elsewhere, disabled, enabled and deleted, one life after the other; where each may be reached is kept.
/// </summary>
/// <param name="killer">Kills nodes while they point one elsewhere; null where others do the killing.</param>
sealed class EndpointChanges(Tenant tenant, Cluster cluster, Killer? killer, Stored stored, int seed)
{
    const string Nowhere = "nowhere";

    readonly Random random = new(seed);
    int webhooks = 100;

    public int Deleted { get; private set; }

    public int Disabled { get; private set; }

    public int Moved { get; private set; }

    public async Task RunAsync(int killEvery, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await LiveAsync(webhooks++, killEvery, stop);
    }

    async Task LiveAsync(int webhook, int killEvery, CancellationToken stop)
    {
        var version = 0;
        var history = new History<string>(Nowhere);
        var path = NextPath();
        var sentAt = DateTimeOffset.UtcNow;
        var made = await cluster.SendAsync(HttpMethod.Post, "/v1/webhooks", new { url = tenant.UrlOf(path) }, tenant.ApiKey, $"webhook {path}");
        if (made.Status == HttpStatusCode.Conflict)
        {
            // Its request died before it committed, or will still be found to have: nobody was told, and nothing is done to it.
            history.Add(path, sentAt, DateTimeOffset.MaxValue, "made, not answered");
            return;
        }

        var id = made.Expect(HttpStatusCode.Created, HttpStatusCode.OK).Text("id");
        history.Add(path, sentAt, made.AnsweredAt, "made");
        for (var steps = random.Next(1, 5); steps > 0 && !stop.IsCancellationRequested; steps--)
        {
            await PauseAsync();
            if (random.Next(2) == 0)
                await MoveAsync();
            else
                await DisableForAWhileAsync();
        }

        await PauseAsync();
        var gone = (await cluster.SendAsync(HttpMethod.Delete, $"/v1/webhooks/{id}", null, tenant.ApiKey)).Expect(HttpStatusCode.NoContent, HttpStatusCode.NotFound);
        history.Add(Nowhere, gone.SentAt, gone.AnsweredAt, "deleted");
        Deleted++;

        async Task MoveAsync()
        {
            path = NextPath();
            var body = new { url = tenant.UrlOf(path) };
            Killed? killed = null;
            if (killer is not null && random.Next(killEvery) == 0 && killer.TryTake())
            {
                killed = await killer.SendAsync(
                    server => server.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{id}", body, apiKey: tenant.ApiKey),
                    () => stored.UrlOf(id) == body.url);
            }

            var answer = await ChangeAsync(body);
            history.Add(path, killed?.SentAt ?? answer.SentAt, killed?.Answer?.AnsweredAt ?? answer.AnsweredAt, killed is null ? "moved" : "moved by a node that was killed");
            Moved++;
        }

        async Task DisableForAWhileAsync()
        {
            var off = await ChangeAsync(new { enabled = false });
            history.Add(Nowhere, off.SentAt, off.AnsweredAt, "disabled");
            Disabled++;
            await PauseAsync();
            var on = await ChangeAsync(new { enabled = true });
            history.Add(path, on.SentAt, on.AnsweredAt, "enabled");
        }

        async Task<Answer> ChangeAsync(object change) =>
            (await cluster.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{id}", change, tenant.ApiKey)).Expect(HttpStatusCode.OK);

        string NextPath()
        {
            var next = tenant.PathOf(webhook, version++);
            tenant.Own(next, history);
            return next;
        }
    }

    Task PauseAsync() => Task.Delay(random.Next(50, 300));
}
