using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Has every node send to a workspace while something is changed there: before, so that each holds a permit which the change overtakes, and
/// until a permit's lifetime after it was answered, so that each starts attempts when the old permit, were it still good, would be used.
/// </summary>
sealed class Pings(Cluster cluster)
{
    /// <summary>At one node at once; what was broken meanwhile must not be flooded when it comes back.</summary>
    const int AtOnce = 8;

    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(30);

    readonly Dictionary<Server, SemaphoreSlim> free = cluster.Servers.ToDictionary(server => server, _ => new SemaphoreSlim(AtOnce));

    public async Task<T> AroundAsync<T>(Tenant tenant, Func<Task<T>> change)
    {
        using var enough = new CancellationTokenSource();
        var pinging = PingAsync(tenant, enough.Token);
        try
        {
            await Task.Delay(Every);
            var result = await change();
            enough.CancelAfter(ProofSettings.PermitLifetime);
            await pinging;
            return result;
        }
        finally
        {
            await enough.CancelAsync();
        }
    }

    public async Task AllAnsweredAsync()
    {
        foreach (var server in free.Values)
        {
            for (var i = 0; i < AtOnce; i++)
                await server.WaitAsync();
            server.Release(AtOnce);
        }
    }

    async Task PingAsync(Tenant tenant, CancellationToken enough)
    {
        for (var webhook = 0; !enough.IsCancellationRequested; await Task.Delay(Every, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var server in cluster.Servers.Where(server => server.IsReady && free[server].Wait(0)))
                _ = PingAsync(server, tenant.SteadyWebhooks[webhook++ % tenant.SteadyWebhooks.Count], tenant.ApiKey);
        }
    }

    /// <summary>What comes of it is nothing to whoever asked: the receiver and the database know.</summary>
    async Task PingAsync(Server server, string webhookId, string apiKey)
    {
        try
        {
            await server.SendAsync(HttpMethod.Post, $"/v1/webhooks/{webhookId}/test", apiKey: apiKey);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // That node was killed, or stands still.
        }
        finally
        {
            free[server].Release();
        }
    }
}
