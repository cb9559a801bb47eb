"""What can be wrong with a cluster, in words."""

from reviewer.model.problem import ExitStatus, ProblemKind, Severity
from reviewer.model.text import Text

USAGE = ExitStatus.USAGE

CLUSTER_MISSING = ProblemKind(
    "cluster-not-installed",
    Severity.ERROR,
    Text("--scheduler 需要 Dask，這裡沒有安裝。", "--scheduler needs Dask, which is not installed here."),
    Text("請執行 pip install 'portfolio-reviewer[cluster]' 後再試。", "Run pip install 'portfolio-reviewer[cluster]' and try again."),
)
SCHEDULER_ADDRESS = ProblemKind(
    "scheduler-address",
    Severity.ERROR,
    Text("「{address}」不是排程器的位址。", "“{address}” is not the address of a scheduler."),
    Text(
        "位址的寫法是 tcp://主機:連接埠，dask scheduler 啟動時會印出。",
        "Write it as tcp://host:port, as dask scheduler prints it when it starts.",
    ),
)
SCHEDULER_NOT_THERE = ProblemKind(
    "scheduler-not-there",
    Severity.ERROR,
    Text("連不上排程器 {address}。", "There is no scheduler at {address}."),
    Text("請確認 dask scheduler 已啟動、位址與防火牆設定正確。", "Check that dask scheduler runs, its address, and the firewall."),
)
NO_WORKERS = ProblemKind(
    "cluster-without-workers",
    Severity.ERROR,
    Text("排程器 {address} 在 {seconds} 秒內沒有任何工作程序加入。", "No worker joined the scheduler {address} within {seconds} seconds."),
    Text("請先啟動 dask worker，再執行同一指令。", "Start dask workers, then run the same command again."),
)
WORKERS_BUSY = ProblemKind(
    "cluster-busy",
    Severity.ERROR,
    Text("叢集 {address} 的工作程序仍在製作另一次執行的檔案。", "Workers of {address} are still making dossiers of another run."),
    Text("請等它結束，或重新啟動工作程序後再執行。", "Wait for it to end, or restart the workers, then run again."),
)
SCHEDULER_LOST = ProblemKind(
    "scheduler-lost",
    Severity.ERROR,
    Text(
        "與排程器 {address} 的連線中斷。已發布的校系沒有變動。",
        "The connection to the scheduler {address} was lost. Published departments stand as they were.",
    ),
    Text(
        "排程器恢復後請重新執行同一指令，已完成的檔案會沿用。",
        "Run the same command again when the scheduler is back; finished dossiers are taken over.",
    ),
)
WORKER_DIFFERS = ProblemKind(
    "worker-differs",
    Severity.ERROR,
    Text(
        "工作程序 {worker} 的版本與這裡不同（{what}），做出的檔案會不一致。",
        "The worker {worker} is not of the same version as this machine ({what}); its dossiers would differ.",
    ),
    Text(
        "請在每台機器安裝相同版本的 reviewer、Pango 與字型套件。",
        "Install the same version of reviewer, of Pango and of the font packages on every machine.",
    ),
)
WORKER_UNFIT = ProblemKind(
    "worker-unfit",
    Severity.ERROR,
    Text("工作程序無法執行 reviewer（{kind}：{words}）。", "A worker cannot run reviewer ({kind}: {words})."),
    Text("請在每台機器安裝相同版本的 reviewer 與 Dask。", "Install the same version of reviewer and of Dask on every machine."),
)
FOLDER_NOT_SHARED = ProblemKind(
    "folder-not-shared",
    Severity.ERROR,
    Text("工作程序 {worker} 看不到資料夾 {folder}。", "The worker {worker} does not see the folder {folder}."),
    Text(
        "匯出資料、輸出與快取須在所有機器以相同路徑共用的資料夾；請以 --out、--cache 指定。",
        "The export, the output and the cache must lie in folders that all machines share under one path; name them with --out and --cache.",
    ),
)
