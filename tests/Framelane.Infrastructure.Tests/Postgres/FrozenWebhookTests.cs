using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;

namespace Framelane.Infrastructure.Tests.Postgres;

public sealed class FrozenWebhookTests
{
    [Test]
    public async Task A_webhook_whose_row_somebody_has_holds_up_no_results_and_is_told_of_its_own_once_it_is_free()
    {
        using var database = new PostgresDatabase();
        using var receiver = new Receiver().Answers(500);
        await using var host = await DispatchHost.StartAsync(database);
        var (frozen, other) = (await host.AddWebhookAsync(receiver.Url), await host.AddWebhookAsync(receiver.Url, await host.AddWorkspaceAsync()));

        await using (var row = await database.HoldAsync("SELECT 1 FROM webhooks WHERE id = $1 FOR UPDATE", frozen.Id.Value))
        {
            await host.AttemptsAsync(await host.DeliverAsync(frozen), 1).WaitAsync(TimeSpan.FromSeconds(5));
            await host.AttemptsAsync(await host.DeliverAsync(other), 1).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.That((await host.StoredAsync(other)).FailingSince, Is.Not.Null);
            Assert.That((await host.StoredAsync(frozen)).FailingSince, Is.Null);
        }

        await Eventually.HoldsAsync(async () => (await host.StoredAsync(frozen)).FailingSince is not null, "It was never told.");
    }
}
