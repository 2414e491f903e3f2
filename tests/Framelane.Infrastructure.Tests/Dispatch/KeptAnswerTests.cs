using System.Text;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What is kept of a receiver's answer.</summary>
public sealed class KeptAnswerTests
{
    const int Limit = DeliveryAttempt.MaxResponseBody;

    readonly Receiver receiver = new();
    SenderHost host = null!;

    [SetUp]
    public async Task Start() => host = await SenderHost.StartAsync(receiver.Url);

    [TearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        receiver.Dispose();
    }

    [TestCase(1)]
    [TestCase(Limit - 1)]
    [TestCase(Limit)]
    [TestCase(Limit + 1)]
    [TestCase(500_000)]
    public async Task The_first_4_KiB_are_kept_and_a_whole_answer_is_a_success(int length)
    {
        var finished = await AnswerAsync(Encoding.ASCII.GetBytes(new string('a', length)));

        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(200)));
        Assert.That(finished.ResponseBody, Is.EqualTo(new string('a', Math.Min(length, Limit))));
    }

    [Test]
    public async Task An_answer_without_a_length_ends_with_its_connection([Values(0, 10, Limit, 500_000)] int length)
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\n\r\n" + new string('a', length));
            await stream.DisposeAsync();
        };

        var finished = await host.SendAsync();

        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(200)));
        Assert.That(finished.ResponseBody, Is.EqualTo(length == 0 ? null : new string('a', Math.Min(length, Limit))));
    }

    [Test]
    public async Task The_connection_of_a_whole_answer_is_used_again([Values(0, 10, 500_000)] int length)
    {
        await AnswerAsync(new byte[length]);
        await AnswerAsync(new byte[length]);

        Assert.That(receiver.Bytes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_answer_is_none() => Assert.That((await AnswerAsync([])).ResponseBody, Is.Null);

    [Test]
    public async Task Nul_and_what_is_no_text_show_as_such() =>
        Assert.That((await AnswerAsync([(byte)'a', 0, (byte)'b', 0xFF, 0xC3, (byte)'c'])).ResponseBody, Is.EqualTo("a\uFFFDb\uFFFD\uFFFDc"));

    [TestCase("é")]
    [TestCase("東")]
    [TestCase("🎬")]
    public async Task A_character_that_the_limit_cuts_is_left_out(string character)
    {
        var bytes = Encoding.UTF8.GetByteCount(character);
        for (var before = Limit - bytes; before <= Limit; before++)
        {
            var finished = await AnswerAsync(Encoding.UTF8.GetBytes(new string('a', before) + character));
            Assert.That(finished.ResponseBody, Is.EqualTo(new string('a', before) + (before == Limit - bytes ? character : "")));
        }
    }

    [Test]
    public async Task A_character_that_the_receiver_cut_shows_as_such() =>
        Assert.That((await AnswerAsync([(byte)'a', 0xE6, 0x9D])).ResponseBody, Is.EqualTo("a\uFFFD"));

    Task<FinishedAttempt> AnswerAsync(byte[] body)
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n");
            await stream.WriteAsync(body);
        };
        return host.SendAsync();
    }
}
