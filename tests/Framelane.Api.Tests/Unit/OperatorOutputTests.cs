using Framelane.Api.Operators;

namespace Framelane.Api.Tests.Unit;

public sealed class OperatorOutputTests
{
    [Test]
    public async Task What_strangers_are_called_neither_ends_a_line_nor_commands_a_terminal()
    {
        var output = new StringWriter { NewLine = "\n" };
        await new OperatorCall(null!, null!, output).WriteAsync("ws_1", "x\nws_2\tAcme\r\u001b[2J\u009b2J\u007f ü", null, "free");

        Assert.That(output.ToString(), Is.EqualTo("ws_1\tx ws_2 Acme  [2J 2J  ü\t\tfree\n"));
    }
}
