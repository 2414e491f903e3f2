using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Backplane;

namespace Framelane.Infrastructure.Tests.Backplane;

public sealed class BackplaneMessageTests
{
    static readonly WorkspaceId Workspace = WorkspaceId.New(DateTimeOffset.UnixEpoch);

    static IEnumerable<string?> Malformed() =>
    [
        null, "", " ", "1", "1 node_1", "1 node_1 restart", "2 node_1 deliveries", "1 node_1 deliveries now", "1  node_1 deliveries", "1 node_1 epoch",
        $"1 node_1 epoch {Workspace}", $"1 node_1 epoch {Workspace} ", $"1 node_1 epoch {Workspace} -1", $"1 node_1 epoch {Workspace} 1.5",
        $"1 node_1 epoch {Workspace} 99999999999999999999", $"1 node_1 epoch {Workspace} 2 3", "1 node_1 epoch ws_1 2", "1 node_1 epoch ' OR 1=1 2",
        $"1 {new string('x', 300)} deliveries", "\0\u0001\uffff",
    ];

    [Test]
    public void What_is_written_is_read()
    {
        BackplaneMessage[] messages = [new DeliveriesWritten(), new WorkspaceRekeyed(Workspace, long.MaxValue)];
        foreach (var message in messages)
            Assert.That(BackplaneMessage.TryRead(message.Write("node_1")), Is.EqualTo(("node_1", message)));
    }

    [TestCaseSource(nameof(Malformed))]
    public void What_no_version_writes_is_ignored(string? text) => Assert.That(BackplaneMessage.TryRead(text), Is.Null);
}
