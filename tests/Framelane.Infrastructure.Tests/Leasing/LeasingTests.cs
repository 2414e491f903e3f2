using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Framelane.Infrastructure.Tests.Leasing;

/// <summary>What a test of leased work starts from: two pieces of it, a clock that stands still and a work folder.</summary>
public abstract class LeasingTests
{
    readonly DirectoryInfo data = Directory.CreateTempSubdirectory("framelane-leasing-");

    protected FakeTimeProvider Time { get; } = new();

    protected Mock<IOutages> Outages { get; } = new();

    private protected MemoryLog Log { get; } = new();

    private protected ScriptedQueue Queue { get; } = new(new("first"), new("second"));

    private protected WorkFolder Folders { get; private set; } = null!;

    /// <summary>Another process's, on the same disk.</summary>
    private protected WorkFolder Others { get; private set; } = null!;

    private protected ScriptedRun First { get; private set; } = null!;

    private protected ScriptedRun Second { get; private set; } = null!;

    [SetUp]
    public void Prepare()
    {
        Outages.Reset();
        var folder = new DataFolder(Options.Create(new FramelaneOptions { DataPath = data.FullName }));
        (Folders, Others) = (new(folder), new(folder));
        var settings = new RunSettings("job", TimeSpan.FromHours(1), Folders, Outages.Object, Time, Log);
        (First, Second) = (new(new("first"), Queue, settings), new(new("second"), Queue, settings));
    }

    [TearDown]
    public void Clean()
    {
        Folders.Dispose();
        Others.Dispose();
        data.Delete(recursive: true);
        Log.Dispose();
    }
}
