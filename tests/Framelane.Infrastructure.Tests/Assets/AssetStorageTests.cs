using Framelane.Domain.Assets;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Assets;

/// <summary>What a test of assets starts from: a process that works on them, over a database that is set up.</summary>
public abstract class AssetStorageTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    private protected static readonly AssetFindings Found = new(MediaTypes.Find("video/webm")!, new(AssetKind.Video, 64, 32, 2) { Probed = "kept" });

    private protected TestHost Worker { get; private set; } = null!;

    /// <summary>Of what is to be fetched.</summary>
    private protected AssetQueue Queue => QueueOf(AssetWork.Fetch);

    /// <summary>Of what lies in storage.</summary>
    private protected AssetQueue Uploads => QueueOf(AssetWork.Inspect);

    [SetUp]
    public void Open() => Worker = NewHost(services => services.AddAssetWork());

    [TearDown]
    public async Task CloseAsync()
    {
        // It is not there where there is no such database to test on.
        if (Worker is not null)
            await Worker.DisposeAsync();
    }

    AssetQueue QueueOf(AssetWork work) => Worker.Services.GetRequiredKeyedService<AssetQueue>(work);

    protected DateTimeOffset Later()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Now;
    }
}
