namespace Framelane.Api.Tests.Http.Start;

public sealed class CulturesTests
{
    [Test]
    public void The_server_has_cultures_for_without_them_SQL_Server_s_driver_opens_no_connection() =>
        Assert.That(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Framelane.Api.runtimeconfig.json")), Does.Contain("System.GC.Server").And.Not.Contain("Globalization.Invariant"));
}
