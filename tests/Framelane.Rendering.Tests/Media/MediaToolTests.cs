using System.Diagnostics;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class MediaToolTests
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_program_is_given_the_three_variables_and_no_other(bool sandbox)
    {
        Environment.SetEnvironmentVariable("FRAMELANE_CANARY", "secret");
        var result = await new MediaTool(new() { Sandbox = sandbox }).RunAsync(new("env", [], []), Long, default);
        var names = Encoding.UTF8.GetString(result.Answer).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.That(names.Except(["PWD"]), Is.EquivalentTo(["PATH", "HOME", "LANG"]));
    }

    [Test]
    public async Task Its_limits_hold_for_the_program()
    {
        var tool = new MediaTool(new() { AddressSpace = 3L << 30, FileSize = 4096, ProcessorTime = TimeSpan.FromSeconds(77) });
        var limits = Encoding.UTF8.GetString((await tool.RunAsync(new("cat", ["/proc/self/limits"], []), Long, default)).Answer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(limits, Does.Match("Max address space +3221225472 +3221225472"));
            Assert.That(limits, Does.Match("Max file size +4096 +4096"));
            Assert.That(limits, Does.Match("Max cpu time +77 +77"));
        }
    }

    [Test]
    public async Task In_the_sandbox_it_sees_its_inputs_writes_its_folder_and_nothing_else()
    {
        using var bench = new Workbench();
        Assume.That(await bench.Tool.IsSandboxedAsync(), "bubblewrap works here");
        var input = bench.Write("input", [1]);
        var job = bench.Folder.CreateSubdirectory("job").FullName;
        var other = bench.Write("canary", [2]);
        var script = $"cat {input} >/dev/null && echo reads; cat {other} 2>/dev/null && echo leaks; echo x > {input} && echo spoils; "
            + "echo x > mine && echo writes; echo x > /usr/bin/x && echo harms; grep -c : /proc/net/dev";
        var result = await bench.Tool.RunAsync(new("sh", ["-c", script], [input], job), Long, default);
        // The loopback of a network of its own is the one line.
        Assert.That(Encoding.UTF8.GetString(result.Answer), Is.EqualTo("reads\nwrites\n1\n"));
    }

    [Test]
    public async Task A_program_that_takes_too_long_ends()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            new MediaTool(new()).RunAsync(new("sh", ["-c", "sleep 983 & sleep 983"], []), TimeSpan.FromMilliseconds(300), default));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo(MediaErrorCodes.RenderTimeout));
            Assert.That(Sleeping("983"), Is.Zero);
        }
    }

    [Test]
    public async Task One_that_is_cancelled_ends_with_its_children()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.CatchAsync<OperationCanceledException>(() =>
            new MediaTool(new() { Sandbox = false }).RunAsync(new("sh", ["-c", "sleep 984 & sleep 984"], []), Long, cancel.Token));
        Assert.That(() => Sleeping("984"), Is.Zero.After(10_000, 10));
    }

    [TestCase(true, "985")]
    [TestCase(false, "986")]
    public async Task A_program_does_not_outlive_a_worker_that_is_killed(bool sandbox, string seconds)
    {
        await KilledWorker.KillAsync(sandbox, seconds);
        Assert.That(() => Sleeping(seconds), Is.Zero.After(10_000, 10));
    }

    [Test]
    public async Task One_that_somebody_else_ended_says_nothing_of_its_source([Values] bool sandbox, [Values("KILL", "TERM")] string signal)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => new MediaTool(new() { Sandbox = sandbox }).RunAsync(new("sh", ["-c", $"kill -{signal} $$"], []), Long, default));
        Assert.That(failure?.Code, Is.EqualTo(MediaErrorCodes.InternalError));
    }

    [Test]
    public async Task Ffmpeg_that_was_asked_to_end_says_nothing_of_its_source()
    {
        var tool = new MediaTool(new() { Sandbox = false });
        var command = new MediaCommand("ffmpeg", ["-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "nullsrc", "-f", "null", "-"], []);
        await using var process = await tool.StartAsync(command);
        await Task.Delay(500);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        Assert.That(MediaProcess.WasEnded(await process.WaitAsync(default)));
    }

    [Test]
    public async Task One_that_crashes_does([Values] bool sandbox) =>
        Assert.That((await new MediaTool(new() { Sandbox = sandbox }).RunAsync(new("sh", ["-c", "kill -SEGV $$"], []), Long, default)).ExitCode, Is.EqualTo(128 + 11));

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_program_outlives_the_thread_that_asked_for_it(bool sandbox)
    {
        var tool = new MediaTool(new() { Sandbox = sandbox });
        await tool.IsSandboxedAsync();
        var result = Task.FromResult<MediaResult>(null!);
        var thread = new Thread(() => result = tool.RunAsync(new("sh", ["-c", "sleep 0.3; echo still"], []), Long, default));
        thread.Start();
        thread.Join();
        Assert.That(Encoding.UTF8.GetString((await result).Answer), Is.EqualTo("still\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_terminals_signal_to_this_process_does_not_reach_a_program(bool sandbox)
    {
        await using var process = await new MediaTool(new() { Sandbox = sandbox }).StartAsync(new("sh", ["-c", "echo runs; cat"], []));
        await process.Output.ReadExactlyAsync(new byte[5]);
        Assert.That(SessionOf(process.Id), Is.EqualTo(process.Id).And.Not.EqualTo(SessionOf(Environment.ProcessId)));
    }

    [TestCase(true, "86411")]
    [TestCase(false, "86412")]
    public async Task What_a_program_forked_and_left_ends_with_it(bool sandbox, string seconds)
    {
        var process = await new MediaTool(new() { Sandbox = sandbox }).StartAsync(new("sh", ["-c", $"(sleep {seconds} &); echo runs; cat"], []));
        await process.Output.ReadExactlyAsync(new byte[5]);
        // It says that it runs before what it forked has become another program, and what is killed is not gone at once.
        Assert.That(() => Sleeping(seconds), Is.Not.Zero.After(10_000, 10));
        await process.DisposeAsync().AsTask().WaitAsync(Long);
        Assert.That(() => Sleeping(seconds), Is.Zero.After(10_000, 10));
    }

    [Test]
    public async Task What_outlives_a_program_and_holds_its_pipes_ends_when_it_is_disposed_of()
    {
        var process = await new MediaTool(new() { Sandbox = false }).StartAsync(new("sh", ["-c", "sleep 86414 & exit 0"], []));
        await process.WaitAsync(default);
        await process.DisposeAsync().AsTask().WaitAsync(Long);
        Assert.That(() => Sleeping("86414"), Is.Zero.After(10_000, 10));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_that_is_ended_while_it_begins_leaves_nothing_behind(bool sandbox)
    {
        var tool = new MediaTool(new() { Sandbox = sandbox });
        for (var run = 0; run < 150; run++)
        {
            var process = await tool.StartAsync(new("sh", ["-c", "sleep 86413"], []));
            await Task.Delay(run / 10);
            await process.DisposeAsync().AsTask().WaitAsync(Long);
        }

        Assert.That(() => Sleeping("86413"), Is.Zero.After(10_000, 10));
    }

    [Test]
    public async Task Of_what_it_says_on_its_error_stream_the_first_is_kept_and_the_rest_read()
    {
        var result = await new MediaTool(new()).RunAsync(new("sh", ["-c", "echo first >&2; head -c 1000000 /dev/zero >&2"], []), Long, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Errors, Does.StartWith("first\n").And.Length.EqualTo(16 << 10));
        }
    }

    [TestCase(true, "ffprobe", MediaToolsState.Confined)]
    [TestCase(false, "ffprobe", MediaToolsState.Unconfined)]
    [TestCase(true, "/nowhere/ffprobe", MediaToolsState.Missing)]
    [TestCase(false, "/nowhere/ffprobe", MediaToolsState.Missing)]
    public async Task The_first_check_and_the_next_find_alike(bool sandbox, string ffprobe, MediaToolsState state)
    {
        var tool = new MediaTool(new() { Sandbox = sandbox, Ffprobe = ffprobe });
        var first = await tool.CheckAsync(default);
        Assume.That(state != MediaToolsState.Confined || await tool.IsSandboxedAsync(), "bubblewrap works here");
        Assert.That(new[] { first.State, (await tool.CheckAsync(default)).State }, Is.All.EqualTo(state));
    }

    [Test]
    public async Task A_program_that_lies_elsewhere_is_confined_as_well_once_it_is_there()
    {
        Assume.That(await new MediaTool(new()).IsSandboxedAsync(), "bubblewrap works here");
        using var bench = new Workbench();
        var (ffmpeg, ffprobe) = (bench["ffmpeg"], bench["ffprobe"]);
        var tool = new MediaTool(new() { Ffmpeg = ffmpeg, Ffprobe = ffprobe });
        Assert.That((await tool.IsSandboxedAsync(), (await tool.CheckAsync(default)).State), Is.EqualTo((false, MediaToolsState.Missing)));
        File.Copy("/usr/bin/ffmpeg", ffmpeg);
        File.Copy("/usr/bin/ffprobe", ffprobe);
        Assert.That(((await tool.CheckAsync(default)).State, await tool.IsSandboxedAsync()), Is.EqualTo((MediaToolsState.Confined, true)));
        Assert.That((await tool.CheckAsync(default)).State, Is.EqualTo(MediaToolsState.Confined));
    }

    [Test]
    public async Task A_program_that_goes_away_is_missed()
    {
        using var bench = new Workbench();
        var ffprobe = Path.Combine(bench.Folder.FullName, "ffprobe");
        File.CreateSymbolicLink(ffprobe, "/bin/true");
        var tool = new MediaTool(new() { Sandbox = false, Ffprobe = ffprobe });
        Assert.That((await tool.CheckAsync(default)).State, Is.EqualTo(MediaToolsState.Unconfined));
        File.Delete(ffprobe);
        Assert.That((await tool.CheckAsync(default)).State, Is.EqualTo(MediaToolsState.Missing));
    }

    [Test]
    public async Task A_program_that_is_not_there_ends_badly() =>
        Assert.That((await new MediaTool(new()).RunAsync(new("no-such-program", [], []), Long, default)).ExitCode, Is.Not.Zero);

    // After the name, which stands in parentheses: the state, the parent, the group and the session.
    static int SessionOf(int process) => int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[3]);

    static int Sleeping(string seconds) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")) == $"sleep\0{seconds}\0" && !File.ReadAllText(Path.Combine(folder, "stat")).Contains(") Z");
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    });
}
