using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class FreeSpaceTests
{
    StorageFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new();

    [TearDown]
    public void DropFolder() => folder.Dispose();

    [TestCase(1000, true)]
    [TestCase(999, false)]
    [TestCase(0, false)]
    public void There_is_room_down_to_the_floor(long free, bool hasRoom)
    {
        var asked = new List<string>();
        var space = new FreeSpace(folder.Data, Floor(1000), path =>
        {
            asked.Add(path);
            return free;
        });
        Assert.That(space.HasRoom(), Is.EqualTo(hasRoom));
        Assert.That(asked, Is.EqualTo(new[] { Path.GetDirectoryName(folder.Files) }), "the data folder's file system is the one that fills");
    }

    [TestCase(500, false)]
    [TestCase(499, true)]
    public void It_runs_out_below_half_the_floor(long free, bool isRunningOut) =>
        Assert.That(new FreeSpace(folder.Data, Floor(1000), _ => free).IsRunningOut(), Is.EqualTo(isRunningOut));

    [TestCase(0, true)]
    [TestCase(long.MaxValue, false)]
    public void It_looks_at_the_disk_itself(long floor, bool hasRoom) =>
        Assert.That(new FreeSpace(folder.Data, Floor(floor)).HasRoom(), Is.EqualTo(hasRoom));

    static IOptions<StorageOptions> Floor(long bytes) => Options.Create(new StorageOptions { MinFreeBytes = bytes });
}
