using System.Web;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class SignedUrlsTests
{
    const string Key = "ws_01/render_01.mp4";

    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    StorageFolder folder = null!;

    [SetUp]
    public void Prepare() => folder = new("https://media.framelane.test/base/");

    [TearDown]
    public void Clean() => folder.Dispose();

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Über & \"quotes\"\n100%.mp4")]
    public void What_was_signed_is_accepted_as_its_address_spells_it(string? filename)
    {
        var url = folder.NewUrls(time).Sign(Key, TimeSpan.FromMinutes(15), filename);
        Assert.That(url.AbsoluteUri, Does.StartWith($"https://media.framelane.test/base/downloads/{Key}?").And.Match("&signature=[A-Za-z0-9_-]{43}(&|$)"));
        var link = Read(url);
        Assert.That(link.Filename, Is.EqualTo(filename));
        Assert.That(folder.NewUrls(time).Accepts(link), "by any process with the same master key");
    }

    [Test]
    public void It_holds_until_it_expires()
    {
        var urls = folder.NewUrls(time);
        var link = Read(urls.Sign(Key, TimeSpan.FromMinutes(15), null));
        time.Advance(TimeSpan.FromSeconds(899));
        Assert.That(urls.Accepts(link));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(urls.Accepts(link), Is.False);
    }

    static IEnumerable<TestCaseData> Changes =>
    [
        Change("another key", link => link with { Key = "ws_02/render_01.mp4" }),
        Change("a later end", link => link with { Expires = link.Expires + 1 }),
        Change("another name", link => link with { Filename = "b.mp4" }),
        Change("no name", link => link with { Filename = null }),
        Change("parts moved", link => link with { Filename = null, Key = $"{link.Key}\n{link.Expires}\nas {link.Filename}" }),
        Change("no signature", link => link with { Signature = "" }),
        Change("a longer signature", link => link with { Signature = link.Signature + "A" }),
        Change("a signature in other bits", link => link with { Signature = link.Signature[..^1] + (char)(link.Signature[^1] ^ 1) }),
        Change("a padded signature", link => link with { Signature = link.Signature + "=" }),
        Change("a signature of other text", link => link with { Signature = "ä" + link.Signature }),
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_link_that_was_changed_is_refused(Func<SignedLink, SignedLink> change)
    {
        var urls = folder.NewUrls(time);
        var link = Read(urls.Sign(Key, TimeSpan.FromMinutes(15), "a.mp4"));
        Assert.That((urls.Accepts(link), urls.Accepts(change(link))), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_link_signed_under_another_master_key_is_refused()
    {
        var link = Read(folder.NewUrls(time).Sign(Key, TimeSpan.FromMinutes(15), null));
        folder.NewMasterKey();
        Assert.That(folder.NewUrls(time).Accepts(link), Is.False);
    }

    static TestCaseData Change(string name, Func<SignedLink, SignedLink> change) => new TestCaseData(change).SetArgDisplayNames(name);

    static SignedLink Read(Uri url)
    {
        var query = HttpUtility.ParseQueryString(url.Query);
        return new(url.AbsolutePath.Split("/downloads/")[1], long.Parse(query["expires"]!), query["filename"], query["signature"]!);
    }
}
