using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Moq;

namespace Framelane.Infrastructure.Tests.Assets;

public sealed class AssetFilesTests
{
    [Test]
    public async Task While_storage_is_away_nothing_is_fetched_again()
    {
        var fetcher = new Mock<ISourceFetcher>();
        fetcher.Setup(port => port.FetchAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new FetchedSource("/nowhere/file", 1, null));
        var fonts = new Mock<IFontProbe>();
        fonts.Setup(port => port.ProbeAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(new FontFacts(MediaTypes.Find("font/ttf")!, []));
        var storage = new Mock<IObjectStorage>();
        storage.Setup(port => port.PutAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new UnavailableException("Away."));
        storage.Setup(port => port.DeleteAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new UnavailableException("Away."));
        var files = new AssetFiles(fetcher.Object, storage.Object, new(Mock.Of<IMediaProbe>(), fonts.Object));
        var now = DateTimeOffset.UnixEpoch;
        for (var run = 0; run < 10; run++)
        {
            // Handed back each time, which raises the fence too.
            var claim = new ClaimedAsset(AssetId.New(now), WorkspaceId.New(now), 1 + (2 * run), "https://example.com/a.ttf", null, null);
            await Assert.ThatAsync(() => files.FetchAsync(claim, "/nowhere", null, CancellationToken.None), Throws.TypeOf<UnavailableException>());
        }

        fetcher.Verify(port => port.FetchAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()), Times.Once);
    }
}
