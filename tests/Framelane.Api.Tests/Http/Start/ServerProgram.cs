namespace Framelane.Api.Tests.Http.Start;

/// <summary>The program that processes are started from.</summary>
static class ServerProgram
{
    /// <summary>As it is published, where ./test.sh did that: that starts in half the time. Otherwise as it was built for the tests.</summary>
    public static string Path => Environment.GetEnvironmentVariable("FRAMELANE_API") ?? typeof(Program).Assembly.Location;
}
