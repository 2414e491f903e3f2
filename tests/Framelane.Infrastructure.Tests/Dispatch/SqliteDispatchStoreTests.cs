using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class SqliteDispatchStoreTests : StorageTests<SqliteDatabase>
{
    [Test]
    public async Task A_host_that_waits_no_longer_disposes_it_between_statements()
    {
        var lane = (await AddWebhookAsync()).Id.Value;
        for (var round = 0; round < 20; round++)
        {
            await using var host = NewHost();
            var store = host.Get<IDispatchStore>();
            await store.FindDueLanesAsync(Now, CancellationToken.None);
            Task[] work =
            [
                .. Enumerable.Range(0, 10).Select(_ => Task.Run(() => store.ClaimAsync([new(lane, 1)], Now, Now, CancellationToken.None))),
                .. Enumerable.Range(0, 10).Select(_ => Task.Run(() => store.FindDueLanesAsync(Now, CancellationToken.None))),
            ];
            await ((IAsyncDisposable)store).DisposeAsync();

            var failures = (await Task.WhenAll(work.Select(task => task.ContinueWith(ended => ended.Exception?.InnerException, TaskScheduler.Default)))).OfType<Exception>();
            Assert.That(failures, Is.All.TypeOf<ObjectDisposedException>());
        }
    }
}
