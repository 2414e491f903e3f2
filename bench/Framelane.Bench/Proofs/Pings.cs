using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Has every node send to a workspace while something is changed there: before, so that each holds a permit which the change overtakes, and
/// until a permit's lifetime after it was answered, so that each starts attempts when the old permit, were it still good, would be used.
/// </summary>
sealed class Pings(Tenant tenant, Cluster cluster)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(40);

    readonly List<Task> pending = [];
    int next;

    public async Task<T> AroundAsync<T>(Func<Task<T>> change)
    {
        using var enough = new CancellationTokenSource();
        var pinging = PingAsync(enough.Token);
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

    /// <summary>What came of them is nothing to whoever asked: the receiver and the database know.</summary>
    public Task AllAnsweredAsync() => Task.WhenAll(pending);

    async Task PingAsync(CancellationToken enough)
    {
        for (; !enough.IsCancellationRequested; await Task.Delay(Every, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var server in cluster.Servers.Where(server => server.IsReady))
                pending.Add(PingAsync(server, tenant.SteadyWebhooks[next++ % tenant.SteadyWebhooks.Count]));
        }
    }

    async Task PingAsync(Server server, string webhookId)
    {
        try
        {
            await server.SendAsync(HttpMethod.Post, $"/v1/webhooks/{webhookId}/test", apiKey: tenant.ApiKey);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // That node was killed.
        }
    }
}
